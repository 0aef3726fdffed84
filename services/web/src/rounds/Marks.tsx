import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { sentence } from "~/api/problem";
import type { Criterion, Me, PersonRef, Round } from "~/api/types";
import { useChangeRound } from "~/rounds/api";
import {
  MARK_WORDS,
  type MarkLine,
  type MarkValue,
  markersOf,
  markKey,
  markLine,
  type Underway,
} from "~/rounds/marks";
import { firstName } from "~/shared/words";
import classes from "./Marks.module.css";

interface MarksProps {
  round: Round;
  criteria: Criterion[];
  coachee: PersonRef;
  me: Pick<Me, "id" | "name">;
  /** Whose word is asked for too; without it, whoever marked. */
  coach?: PersonRef;
}

/** What both saw of each criterion. Never added up; pressing a mark again takes it back. */
export function Marks({ round, criteria, coachee, coach, me }: MarksProps) {
  const [underway, press] = useMarking(round);
  const two = { coachee, coach, me: { id: me.id, name: me.name } };
  const people = markersOf(round, two);
  return (
    <ol className={classes.criteria}>
      {criteria.map((criterion) => (
        <li key={criterion.id}>
          <p className={classes.text}>{criterion.text}</p>
          <div className={classes.lines}>
            {people.map((person) => {
              const line = markLine(round, criterion, person, two, underway);
              const who = person.id === me.id ? "You" : firstName(person.name);
              return (
                <Line
                  key={person.id}
                  line={line}
                  who={who}
                  about={criterion.text}
                  first={coachee.id === me.id ? "You" : firstName(coachee.name)}
                  onPress={(value) =>
                    press(criterion.id, person.id, value, person.id === me.id ? undefined : person.id)
                  }
                />
              );
            })}
          </div>
        </li>
      ))}
    </ol>
  );
}

interface LineProps {
  line: MarkLine;
  who: string;
  /** The criterion, for who can’t see where the line stands. */
  about: string;
  /** Who marks a model before anybody else. */
  first: string;
  onPress: (value: MarkValue | null) => void;
}

function Line({ line, who, about, first, onPress }: LineProps) {
  const { value, mayMark, waits, typedByOther } = line;
  return (
    <fieldset className={classes.line} aria-label={`${who}: ${about}`}>
      <span className={classes.who}>
        {who}
        {typedByOther && <small>typed for {who === "You" ? "you" : who}</small>}
      </span>
      {waits ? (
        <span className={classes.waits}>{first === "You" ? "You go first." : `${first} goes first.`}</span>
      ) : !mayMark ? (
        <span className={classes.said} data-none={value === null || undefined}>
          {MARK_WORDS.find((one) => one.value === value)?.label ?? "nothing yet"}
        </span>
      ) : (
        <span className={classes.chips}>
          {MARK_WORDS.map((one) => (
            <button
              key={one.value}
              type="button"
              className={classes.chip}
              aria-pressed={one.value === value}
              onClick={() => onPress(one.value === value ? null : one.value)}
            >
              {one.label}
            </button>
          ))}
        </span>
      )}
    </fieldset>
  );
}

type Press = (criterion: string, key: string, value: MarkValue | null, person: string | undefined) => void;

/** Marks that show at once; the server’s answer takes their place when it comes. */
function useMarking(round: Round): [Underway, Press] {
  const change = useChangeRound(round.id);
  const [underway, setUnderway] = useState<Underway>({});
  const press: Press = (criterion, markerId, value, person) => {
    const key = markKey(criterion, markerId);
    const pressed = value ?? "none";
    setUnderway((now) => ({ ...now, [key]: pressed }));
    change
      .mutateAsync({ marks: [{ criterion, value, ...(person ? { person } : {}) }] })
      .catch((error) =>
        notifications.show({ color: "red", title: "That mark wasn’t kept", message: sentence(error) }),
      )
      // A later press of the same line is still on its way.
      .finally(() => setUnderway((now) => (now[key] === pressed ? { ...now, [key]: undefined } : now)));
  };
  return [underway, press];
}
