import { NativeSelect, Stack, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { areasQuery, problemsQuery } from "~/library/api";

export interface GoalChoice {
  /** A goal's id, or empty for a new one. */
  id: string;
  wording: string;
  area: string;
  problem: string;
}

interface GoalFieldProps {
  goal: GoalChoice;
  onChange: (goal: GoalChoice) => void;
}

/** The goal of a step: one that is there, or a new one with the area it belongs to. */
export function GoalField({ goal, onChange }: GoalFieldProps) {
  const { data: areas } = useQuery(areasQuery);
  const { data: problems } = useQuery(problemsQuery);
  return (
    <Stack gap="sm">
      <NativeSelect
        label="Goal"
        value={goal.id}
        onChange={(event) => onChange({ ...goal, id: event.currentTarget.value })}
      >
        <option value="">A new goal …</option>
        {areas?.map((area) => (
          <optgroup key={area.id} label={area.name}>
            {area.goals.map(({ id, wording }) => (
              <option key={id} value={id}>
                {wording}
              </option>
            ))}
          </optgroup>
        ))}
      </NativeSelect>
      {goal.id === "" && (
        <>
          <Textarea
            label="The new goal"
            description="What it is for, such as “Make sure every pupil hears the instruction”."
            minRows={1}
            required
            withAsterisk={false}
            value={goal.wording}
            onChange={(event) => onChange({ ...goal, wording: event.currentTarget.value })}
          />
          <NativeSelect
            label="Area"
            required
            withAsterisk={false}
            value={goal.area}
            onChange={(event) => onChange({ ...goal, area: event.currentTarget.value })}
            data={[
              { value: "", label: "Choose …" },
              ...(areas ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <NativeSelect
            label="What goes wrong in learning"
            value={goal.problem}
            onChange={(event) => onChange({ ...goal, problem: event.currentTarget.value })}
            data={[
              { value: "", label: "Nothing in particular" },
              ...(problems ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </>
      )}
    </Stack>
  );
}
