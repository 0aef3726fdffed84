import type { Criterion } from "~/api/types";
import type { Side } from "~/compare/films";
import { Choice } from "~/shared/Choice";
import classes from "./CriterionPicker.module.css";

interface CriterionPickerProps {
  criteria: Criterion[];
  chosen: string | null;
  model: Side;
  take: Side;
  onChoose: (criterion: string | null) => void;
}

/** “Show me criterion 2”, in both. */
export function CriterionPicker({ criteria, chosen, model, take, onChoose }: CriterionPickerProps) {
  return (
    <section aria-labelledby="what-to-look-at">
      <h2 id="what-to-look-at" className={classes.heading}>
        What would you like to look at?
      </h2>
      <ol className={classes.criteria}>
        <li>
          <Choice className={classes.criterion} aria-pressed={chosen === null} onClick={() => onChoose(null)}>
            <span className={classes.number} aria-hidden="true">
              0
            </span>
            <span>All of it, from the beginning</span>
          </Choice>
        </li>
        {criteria.map((criterion, place) => {
          const unknown = [model, take].filter(
            ({ knot }) => !knot.places.some((one) => one.criterion === criterion.id),
          );
          return (
            <li key={criterion.id}>
              <Choice
                className={classes.criterion}
                aria-pressed={chosen === criterion.id}
                onClick={() => onChoose(criterion.id)}
              >
                <span className={classes.number}>{place + 1}</span>
                <span>
                  {criterion.text}
                  {unknown.length > 0 && <small>{unknownWords(unknown)}</small>}
                </span>
              </Choice>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function unknownWords(sides: Side[]): string {
  return sides.length === 2 ? "Not found in either yet" : `Not found in ${sides.map(lower).join("")} yet`;
}

function lower({ name }: Side): string {
  return name.startsWith("Your ") ? `y${name.slice(1)}` : name;
}
