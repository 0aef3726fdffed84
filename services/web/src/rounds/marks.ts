import type { Criterion, Mark, PersonRef, Round } from "~/api/types";

export type MarkValue = Mark["value"];

export const MARK_WORDS: { value: MarkValue; label: string }[] = [
  { value: "met", label: "Met" },
  { value: "nearly", label: "Nearly" },
  { value: "not_yet", label: "Not yet" },
];

/** What one of the two says of one criterion in one round. */
export interface MarkLine {
  person: PersonRef;
  value: MarkValue | null;
  /** The person at this screen may press it: for herself or, while they meet, for the coachee. */
  mayMark: boolean;
  /** It is not her turn before the coachee’s. */
  waits: boolean;
  /** Somebody else typed what she said. */
  typedByOther: boolean;
}

interface Two {
  coachee: PersonRef;
  /** Where it isn’t known, whoever marked besides the coachee. */
  coach?: PersonRef;
  me: Pick<PersonRef, "id">;
}

/** Whose word is asked for in a round: the coachee’s first, then her coach’s and whoever else marked it. */
export function markersOf({ marks }: Pick<Round, "marks">, { coachee, coach, me }: Two & { me: PersonRef }) {
  const others = [
    ...(coach ? [coach] : me.id === coachee.id ? [] : [me]),
    ...marks.map((mark) => mark.person),
  ];
  const seen = new Set([coachee.id]);
  return [coachee, ...others.filter(({ id }) => !seen.has(id) && seen.add(id))];
}

/** One line of one criterion. `underway` holds what was pressed and isn’t answered yet. */
export function markLine(
  round: Pick<Round, "kind" | "marks" | "rights">,
  criterion: Pick<Criterion, "id">,
  person: PersonRef,
  { coachee, me }: Two,
  underway: Underway = {},
): MarkLine {
  const markOf = (id: string) =>
    round.marks.find((mark) => mark.criterion === criterion.id && mark.person.id === id);
  const saidBy = (id: string) => underway[markKey(criterion.id, id)] ?? markOf(id)?.value ?? null;
  const pressed = underway[markKey(criterion.id, person.id)];
  const mark = markOf(person.id);
  const hers = person.id === coachee.id;
  const mine = person.id === me.id;
  const waits = round.kind === "model" && !hers && shown(saidBy(coachee.id)) === null && !mark;
  const typesForHer = hers && round.rights.mark_for_coachee && mark?.entered_by !== coachee.id;
  return {
    person,
    value: shown(pressed ?? mark?.value ?? null),
    mayMark: !waits && (mine ? round.rights.change : typesForHer),
    waits,
    typedByOther: mark !== undefined && pressed === undefined && mark.entered_by !== person.id,
  };
}

/** What was pressed on this screen, by criterion and person; `none` takes a mark back. */
export type Underway = Record<string, MarkValue | "none" | undefined>;

export function markKey(criterion: string, person: string): string {
  return `${criterion} ${person}`;
}

function shown(value: MarkValue | "none" | null): MarkValue | null {
  return value === "none" ? null : value;
}

/** “Go 2”, “Sam’s model”, “Your 2nd model”. */
export function roundName(
  { kind, number, created_by }: Pick<Round, "kind" | "number" | "created_by">,
  { coachee, coach, me }: Two,
): string {
  if (kind === "rehearsal") return `Go ${number}`;
  // The coachee may have pressed the button; it is the coach who shows.
  const shows = coach ?? (created_by.id === coachee.id ? undefined : created_by);
  const whose = shows === undefined ? "The" : shows.id === me.id ? "Your" : `${shows.name.split(" ")[0]}’s`;
  return number === 1 ? `${whose} model` : `${whose} model, again (${number})`;
}
