const KEPT = "pennydrop-join";

/**
 * The secret that a code holds: out of the address, and then out of sight, so that nobody reads it over a shoulder or
 * passes it on with the address. A reload finds it again; a closed tab doesn't.
 */
export function takeSecret(): string | undefined {
  const secret = secretIn(window.location.hash);
  if (secret) {
    sessionStorage.setItem(KEPT, secret);
    window.history.replaceState(window.history.state, "", window.location.pathname);
  }
  return secret ?? sessionStorage.getItem(KEPT) ?? undefined;
}

/** The secret in the part of an address behind the `#`. */
export function secretIn(hash: string): string | undefined {
  const secret = hash.replace(/^#/, "").trim();
  return /^pdj_[\w-]{20,}$/.test(secret) ? secret : undefined;
}
