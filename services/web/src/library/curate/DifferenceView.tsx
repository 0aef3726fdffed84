import type { Difference, DifferenceLine } from "~/api/types";
import { compareWords } from "~/library/curate/compareWords";
import classes from "./DifferenceView.module.css";

const NAMES: Record<string, string> = {
  goal: "Goal",
  action: "Action",
  insight: "Why it matters",
  area: "Area",
  problem: "Learning problem",
  criteria: "Success criteria",
  practice_tasks: "Practice",
  prompts: "To talk about",
  terms: "Our words",
  sounds_like: "What people say",
  phases: "Phases",
  subjects: "Subjects",
};

/** Two wordings of a step, told apart word by word: what went is struck out, what came is underlined. */
export function DifferenceView({ difference }: { difference: Difference }) {
  const lists = Object.entries(difference.lists);
  if (difference.texts.length === 0 && lists.length === 0) return <p>There is no difference in words.</p>;
  return (
    <div className={classes.difference}>
      <p className={classes.names}>
        From {difference.old_name} to {difference.new_name}
      </p>
      <dl>
        {difference.texts.map(({ field, old, new: now }) => (
          <div key={field}>
            <dt>{NAMES[field] ?? field}</dt>
            <dd>
              <Words old={old} now={now} />
            </dd>
          </div>
        ))}
        {lists.map(([field, lines]) => (
          <div key={field}>
            <dt>{NAMES[field] ?? field}</dt>
            {lines.map((line) => (
              <dd key={`${line.old}→${line.new}`} data-kind={line.kind}>
                <Line line={line} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </div>
  );
}

function Line({ line }: { line: DifferenceLine }) {
  if (line.kind === "same") return <span className={classes.same}>{line.new}</span>;
  return <Words old={line.old ?? ""} now={line.new ?? ""} />;
}

function Words({ old, now }: { old: string; now: string }) {
  return compareWords(old, now).map(({ kind, text, at }) => {
    if (kind === "gone") return <del key={at}>{text} </del>;
    if (kind === "come") return <ins key={at}>{text} </ins>;
    return <span key={at}>{text} </span>;
  });
}
