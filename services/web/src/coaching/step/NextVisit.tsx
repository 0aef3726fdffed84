import { Alert, Button, Group, TextInput } from "@mantine/core";
import { useState } from "react";
import { sentence } from "~/api/problem";
import type { ActionStep } from "~/api/types";
import { useChangeStep } from "~/coaching/api";
import { local, slots } from "~/coaching/step/slots";
import { coming } from "~/shared/time";
import { firstName } from "~/shared/words";
import { Chips } from "~/watch/Chips";
import classes from "./Facts.module.css";

/** When the coach comes to see the step; a coach plans it with a tap on a day. */
export function NextVisit({ step, mine }: { step: ActionStep; mine: boolean }) {
  const [planning, setPlanning] = useState(false);
  const planned = step.next_observation_at;
  const past = planned !== null && new Date(planned) < new Date();
  const who = mine ? firstName(step.set_by.name) : "You";
  const verb = past ? (mine ? "came to see it" : "went to see it") : mine ? "comes to see it" : "see it next";
  return (
    <section aria-labelledby="next-visit">
      <h2 className={classes.name} id="next-visit">
        {past ? "Last seen" : "Next visit"}
      </h2>
      {!planning && (
        <p className={classes.fact}>
          {planned ? `${who} ${verb} ${coming(planned)}.` : "No visit is planned yet."}
        </p>
      )}
      {step.rights.change &&
        (planning ? (
          <Plan step={step} onDone={() => setPlanning(false)} />
        ) : (
          <Button variant="default" mt="xs" onClick={() => setPlanning(true)}>
            {planned && !past ? "Change the visit" : "Plan a visit"}
          </Button>
        ))}
    </section>
  );
}

function Plan({ step, onDone }: { step: ActionStep; onDone: () => void }) {
  const change = useChangeStep(step.id);
  const days = slots(new Date(), step.next_observation_at);
  const [when, setWhen] = useState(() => local(futureOf(step.next_observation_at) ?? days[0] ?? new Date()));
  const save = (at: string | null) =>
    change.mutate({ next_observation_at: at && new Date(at).toISOString() }, { onSuccess: onDone });
  return (
    <form
      className={classes.plan}
      onSubmit={(event) => {
        event.preventDefault();
        save(when);
      }}
    >
      <Chips
        label="Which day?"
        options={days.map((day) => ({ value: local(day), label: dayName(day) }))}
        value={days.map(local).find((day) => day.slice(0, 10) === when.slice(0, 10)) ?? null}
        onChange={(day) => day && setWhen(`${day.slice(0, 10)}${when.slice(10)}`)}
      />
      <TextInput
        type="datetime-local"
        label="Day and time"
        value={when}
        onChange={(event) => setWhen(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
      {change.isError && (
        <Alert color="red" variant="light" role="alert">
          {sentence(change.error)}
        </Alert>
      )}
      <Group gap="sm">
        <Button type="submit" loading={change.isPending}>
          Save the visit
        </Button>
        {step.next_observation_at && (
          <Button variant="subtle" color="gray" onClick={() => save(null)}>
            No visit
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={onDone}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}

function futureOf(when: string | null): Date | null {
  const date = when ? new Date(when) : null;
  return date && date > new Date() ? date : null;
}

function dayName(day: Date): string {
  return day.toLocaleDateString("en-GB", { weekday: "short", day: "numeric" });
}
