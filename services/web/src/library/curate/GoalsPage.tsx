import { NativeSelect, Stack, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { areasQuery, problemsQuery } from "~/library/api";
import { useGoals } from "~/library/curate/api";
import { FormEnd } from "~/library/curate/FormEnd";
import { PartPage } from "~/library/curate/PartPage";
import { count } from "~/shared/words";

interface ListedGoal {
  id: string;
  wording: string;
  problem: string | null;
  steps: number;
  area: { id: string; name: string };
}

/** What steps are for. Changing a goal changes the first half of every step that has it. */
export function GoalsPage() {
  const goals = useQuery({
    ...areasQuery,
    select: (areas) => areas.flatMap((area) => area.goals.map((goal): ListedGoal => ({ ...goal, area }))),
  });
  return (
    <PartPage
      title="Goals"
      lead="What a step is for: the first half of its wording."
      one="goal"
      items={goals}
      name={({ wording }) => wording}
      note={({ area, steps }) => `${area.name} · ${count(steps, "step")}`}
      form={(goal, done) => <GoalForm goal={goal} done={done} />}
    />
  );
}

function GoalForm({ goal, done }: { goal: ListedGoal | undefined; done: () => void }) {
  const { data: areas } = useQuery(areasQuery);
  const { data: problems } = useQuery(problemsQuery);
  const { save, remove } = useGoals();
  const [wording, setWording] = useState(goal?.wording ?? "");
  const [area, setArea] = useState(goal?.area.id ?? "");
  const [problem, setProblem] = useState(goal?.problem ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ id: goal?.id, wording, area, problem: problem || null }, { onSuccess: done });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Textarea
          label="The goal"
          description={
            goal?.steps
              ? `It is in ${count(goal.steps, "step")}: each gets a new version. What has been set stays as it is.`
              : "Such as “Make sure every pupil hears the instruction”."
          }
          minRows={1}
          required
          withAsterisk={false}
          value={wording}
          onChange={(event) => setWording(event.currentTarget.value)}
        />
        <NativeSelect
          label="Area"
          required
          withAsterisk={false}
          value={area}
          onChange={(event) => setArea(event.currentTarget.value)}
          data={[
            { value: "", label: "Choose …" },
            ...(areas ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <NativeSelect
          label="What goes wrong in learning"
          value={problem}
          onChange={(event) => setProblem(event.currentTarget.value)}
          data={[
            { value: "", label: "Nothing in particular" },
            ...(problems ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <FormEnd
          error={save.error ?? remove.error}
          isSaving={save.isPending}
          onCancel={done}
          remove={
            goal && goal.steps === 0
              ? {
                  title: `Delete “${goal.wording}”?`,
                  detail: "No step has this goal.",
                  go: () => remove.mutate(goal.id, { onSuccess: done }),
                }
              : undefined
          }
        />
      </Stack>
    </form>
  );
}
