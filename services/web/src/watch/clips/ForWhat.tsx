import type { ActionStep } from "~/api/types";
import { Chips } from "~/watch/Chips";
import type { Draft } from "~/watch/clips/draft";

interface ForWhatProps {
  draft: Pick<Draft, "actionStep" | "criterion">;
  /** The present step first. */
  steps: ActionStep[];
  onChange: (change: Pick<Draft, "actionStep" | "criterion">) => void;
}

/** For which step, which criterion: two taps. */
export function ForWhat({ draft, steps, onChange }: ForWhatProps) {
  const chosen = steps.find((step) => step.id === draft.actionStep);
  if (steps.length === 0) return null;
  return (
    <>
      <Chips
        label="For which step?"
        showLabel
        layout="stacked"
        canClear
        options={(chosen ? [chosen] : steps).map(({ id, goal, action }) => ({
          value: id,
          label: goal,
          detail: chosen ? undefined : `by ${action}`,
        }))}
        value={draft.actionStep}
        onChange={(actionStep) => onChange({ actionStep, criterion: null })}
      />
      {chosen && chosen.criteria.length > 0 && (
        <Chips
          label="Which criterion does it show?"
          showLabel
          layout="stacked"
          canClear
          options={chosen.criteria.map(({ id, text }) => ({ value: id, label: text }))}
          value={draft.criterion}
          onChange={(criterion) => onChange({ actionStep: chosen.id, criterion })}
        />
      )}
    </>
  );
}
