/** How a phase or a subject is said: `key-stage-1` is “Key stage 1”. */
export function tagName(slug: string): string {
  const spoken = slug.replaceAll("-", " ");
  return spoken.charAt(0).toUpperCase() + spoken.slice(1);
}

/** The subject of steps that have none. */
export const GENERIC = "generic";
