/** Why a film doesn't play, in a sentence, and whether trying again by ourselves may help. */
export interface Trouble {
  sentence: string;
  passing: boolean;
}

export const LOST: Trouble = {
  sentence: "We’ve lost the connection to the film. Nothing is lost; it goes on when the connection is back.",
  passing: true,
};

export const UNSUPPORTED: Trouble = {
  sentence:
    "This browser can’t show this film’s picture. A copy that plays everywhere may still be on its way; until then try Safari, or Chrome on a phone.",
  passing: false,
};

const GONE: Trouble = {
  sentence: "This film isn’t here for you any more. Its owner may have deleted it or stopped sharing it.",
  passing: false,
};

const LOGGED_OUT: Trouble = {
  sentence: "You’ve been logged out. Log in again and the film goes on where you were.",
  passing: false,
};

/** A media element says only *that* it failed; one small request to the same address says why. */
export async function troubleWith(url: string): Promise<Trouble> {
  try {
    const { ok, status } = await fetch(url, { headers: { Range: "bytes=0-0" }, credentials: "same-origin" });
    if (status === 401) return LOGGED_OUT;
    if (status === 403 || status === 404) return GONE;
    return ok ? UNSUPPORTED : LOST;
  } catch {
    return LOST;
  }
}
