import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { sentence } from "~/api/problem";
import type { ActionStep } from "~/api/types";
import { useChangeStep } from "~/coaching/api";

const UNREACHED = "We can’t reach Pennydrop just now. Please tick it again in a moment.";

type Criterion = ActionStep["criteria"][number];

/** A coachee’s own ticks: shown at once, and the server’s answer takes their place when it comes. */
export function useTicks(step: ActionStep): {
  isTicked: (criterion: Criterion) => boolean;
  tick: (id: string, ticked: boolean) => void;
} {
  const change = useChangeStep(step.id);
  const [underway, setUnderway] = useState<Record<string, boolean>>({});
  const tick = (id: string, ticked: boolean) => {
    setUnderway((before) => ({ ...before, [id]: ticked }));
    // By promise: of two ticks in a row, a mutation calls back for the latter alone.
    void change
      .mutateAsync({ criteria: [{ id, ticked }] })
      .catch((error) =>
        notifications.show({
          color: "red",
          title: "Your tick wasn’t saved",
          message: sentence(error, UNREACHED),
        }),
      )
      .finally(() => setUnderway(({ [id]: _, ...rest }) => rest));
  };
  return { isTicked: ({ id, ticked_at }) => underway[id] ?? ticked_at !== null, tick };
}
