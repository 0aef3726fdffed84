import { keptList } from "~/watch/moments/keep";
import type { MomentKind } from "~/watch/moments/kinds";

export interface Words {
  kind: MomentKind;
  text: string;
  criterion: string | null;
}

interface Unsaved {
  key: string;
  /** The account it belongs to: people share tablets. */
  person: string;
  videoId: string;
  /** Why it couldn't be saved. */
  problem: string | null;
  /** The server has said no for good: asking again wouldn't help. */
  refused: boolean;
}

/** A moment that somebody marked and that the server doesn't have yet. */
export interface UnsavedMoment extends Unsaved, Words {
  startMs: number;
  endMs: number | null;
  /** Taken back while it was on its way. */
  removed: boolean;
  /** It was sent with these words and no answer came: the server may have it. */
  sentAs: Words | null;
}

/** What somebody said about a moment that the server has; its key is the moment's id. */
export interface UnsavedWords extends Unsaved {
  words: Partial<Words>;
}

/** Moments and words on their way to the server. They outlive the page, so that leaving or reloading loses none. */
export const unsavedMoments = keptList<UnsavedMoment>("pennydrop.moments");
export const unsavedWords = keptList<UnsavedWords>("pennydrop.words");
