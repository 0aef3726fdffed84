import { useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import type { PersonRef } from "~/api/types";
import { useMe } from "~/people/session";
import { firstName } from "~/shared/words";
import { termsMetQuery, termsQuery } from "~/terms/api";
import { termsIn } from "~/terms/find";
import classes from "./UnmetHint.module.css";

/** Whose film or step the words around here are about. */
export const CoacheeContext = createContext<PersonRef | null>(null);

const ENOUGH = 3;

/** Says quietly, while a coach types, which words her coachee hasn't met yet. */
export function UnmetHint({ text }: { text: string }) {
  const me = useMe();
  const coachee = use(CoacheeContext);
  const isCoach = coachee !== null && me.coaches.some(({ person }) => person.id === coachee.id);
  const enabled = isCoach && text.trim().length >= ENOUGH;
  const { data: terms } = useQuery({ ...termsQuery, enabled });
  const { data: met } = useQuery({ ...termsMetQuery(coachee?.id ?? ""), enabled });
  const known = new Set(met?.map(({ id }) => id));
  const [unmet] = enabled && terms && met ? termsIn(text, terms).filter(({ id }) => !known.has(id)) : [];
  if (!unmet || !coachee) return null;
  return (
    <p className={classes.hint} role="status">
      {firstName(coachee.name)} hasn’t met “{unmet.name.toLowerCase()}” yet. In plain words: {unmet.meaning}
    </p>
  );
}
