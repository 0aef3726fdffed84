import type { Clip, PersonRef, ShownTo, Video } from "~/api/types";
import { firstName, list } from "~/shared/words";
import type { Span } from "~/watch/player/frameTable";

const AS_EXAMPLE: Partial<Record<ShownTo, string>> = {
  organisation: "Everybody in your trust can see this, as a model",
  school: "Everybody in your school can see this, as an example",
};

/** Who can see something, in one line: “Only you and Aisha”. */
export function audienceLine(others: PersonRef[], shownTo: ShownTo = "nobody"): string {
  const wide = AS_EXAMPLE[shownTo];
  if (wide) return wide;
  const names = others.map(({ name }) => firstName(name));
  if (shownTo === "leads") names.push("those who lead coaching");
  if (names.length === 0) return "Only you can see this";
  return `Only ${list(["you", ...names])} can see this`;
}

type Audience = Pick<Video, "owner" | "audience" | "shown_to" | "rights">;

/** The same of a film. Whoever it is only shown to is told by whom: who else can see it isn’t theirs to know. */
export function filmAudience({ owner, audience, shown_to, rights }: Audience): string {
  if (rights.mark || AS_EXAMPLE[shown_to]) return audienceLine(audience, shown_to);
  return `${firstName(owner.name)} shared this with ${shown_to === "leads" ? "those who lead coaching" : "you"}`;
}

/** What to know before saving a shared clip that somebody else than its owner cuts wider; `null` otherwise. */
export function noMoreShared(clip: Clip, span: Span, viewerId: string): string | null {
  const isPart = clip.start_ms <= span.startMs && span.endMs <= clip.end_ms;
  if (!clip.shared || clip.owner.id === viewerId || isPart) return null;
  return `${firstName(clip.owner.name)} shared a shorter clip. Others won’t see this one until she shares it again.`;
}
