import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { StepSummary } from "~/api/types";
import { Wording } from "~/coaching/Wording";
import { pagedStepsQuery } from "~/library/api";
import { StepList } from "~/library/StepList";
import rows from "~/library/StepList.module.css";
import { StepSearch } from "~/library/StepSearch";
import classes from "./StepPicker.module.css";

const TYPING_MS = 200;

interface StepPickerProps {
  /** Words to begin the search with. */
  q?: string | undefined;
  onPick: (step: StepSummary) => void;
}

/** The library in place: plain words find a step, one press takes it. */
export function StepPicker({ q = "", onPick }: StepPickerProps) {
  const [typed, setTyped] = useState({ q, area: "" });
  const [asked] = useDebouncedValue(typed, TYPING_MS);
  const steps = useInfiniteQuery(pagedStepsQuery(asked));
  return (
    <div className={classes.picker}>
      <StepSearch {...typed} areas={false} onChange={setTyped} />
      <div className={classes.found}>
        <StepList steps={steps} searched={asked.q !== ""}>
          {(step) => (
            <button type="button" className={`${rows.link} ${classes.pick}`} onClick={() => onPick(step)}>
              <Wording goal={step.goal} action={step.action} />
            </button>
          )}
        </StepList>
      </div>
    </div>
  );
}
