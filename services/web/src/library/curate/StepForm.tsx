import { Alert, Button, Group, Stack, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { sentence } from "~/api/problem";
import type { NewLibraryStep, Step } from "~/api/types";
import { tagsQuery, termsQuery } from "~/library/api";
import { type GoalChoice, GoalField } from "~/library/curate/GoalField";
import { LineList, linesOf, textsOf } from "~/library/curate/LineList";
import { TermsField } from "~/library/curate/TermsField";
import { Card } from "~/shared/Card";

interface StepFormProps {
  /** The step that is changed; none while a new one is written. */
  step?: Step;
  save: (step: NewLibraryStep & { note: string }) => void;
  isSaving: boolean;
  error: unknown;
}

/** Everything a step says. */
export function StepForm({ step, save, isSaving, error }: StepFormProps) {
  const [goal, setGoal] = useState<GoalChoice>({
    id: step?.goal_id ?? "",
    wording: "",
    area: "",
    problem: "",
  });
  const [action, setAction] = useState(step?.action ?? "");
  const [insight, setInsight] = useState(step?.insight ?? "");
  const [criteria, setCriteria] = useState(() => linesOf(step?.criteria ?? [{ text: "" }]));
  const [tasks, setTasks] = useState(() => plain(step?.practice_tasks));
  const [prompts, setPrompts] = useState(() => plain(step?.prompts));
  const [said, setSaid] = useState(() => plain(step?.sounds_like));
  const [terms, setTerms] = useState(() => step?.terms.map(({ id }) => id) ?? []);
  const [phases, setPhases] = useState(step?.phases ?? []);
  const [subjects, setSubjects] = useState(step?.subjects ?? []);
  const [note, setNote] = useState("");
  const { data: tags } = useQuery(tagsQuery);
  const { data: known } = useQuery(termsQuery);
  const isPublished = step?.state === "published";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save({
      goal: goal.id || {
        wording: goal.wording.trim(),
        area: goal.area,
        ...(goal.problem ? { problem: goal.problem } : {}),
      },
      action: action.trim(),
      insight: insight.trim(),
      criteria: criteria
        .filter(({ text }) => text.trim())
        .map(({ id, text }) => ({ text: text.trim(), ...(id ? { id } : {}) })),
      practice_tasks: textsOf(tasks),
      prompts: textsOf(prompts),
      sounds_like: textsOf(said),
      terms,
      phases,
      subjects,
      note: note.trim(),
    });
  };

  return (
    <form onSubmit={submit}>
      <Card>
        <Stack gap="lg">
          <GoalField goal={goal} onChange={setGoal} />
          <Textarea
            label="… by"
            description="One small action, beginning with an -ing word: “waiting for every eye before speaking”."
            minRows={1}
            required
            withAsterisk={false}
            value={action}
            onChange={(event) => setAction(event.currentTarget.value)}
          />
          <LineList
            legend="What you’ll see and hear"
            one="Success criterion"
            hint="Four or five, each something a film would show."
            lines={criteria}
            onChange={setCriteria}
          />
          <Textarea
            label="Why it matters"
            value={insight}
            onChange={(event) => setInsight(event.currentTarget.value)}
          />
          <LineList legend="Practise it" one="Practice task" lines={tasks} onChange={setTasks} />
          <LineList legend="To talk about" one="Question" lines={prompts} onChange={setPrompts} />
          <LineList
            legend="What somebody says who needs it"
            one="Saying"
            hint="In their own words: the search finds the step by them."
            lines={said}
            onChange={setSaid}
          />
          {known && <TermsField known={known} chosen={terms} onChange={setTerms} />}
          <TagsInput
            size="md"
            label="Phases"
            description="None means every phase."
            data={Object.keys(tags?.phases ?? {})}
            value={phases}
            onChange={setPhases}
          />
          <TagsInput
            size="md"
            label="Subjects"
            description="None means that it fits every subject."
            data={Object.keys(tags?.subjects ?? {})}
            value={subjects}
            onChange={setSubjects}
          />
          {isPublished && (
            <TextInput
              label="What changed, and why"
              description="For the list of versions. What has been set already stays as it is."
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          )}
          {Boolean(error) && (
            <Alert color="red" variant="light" role="alert">
              {sentence(error)}
            </Alert>
          )}
          <Group>
            <Button type="submit" size="lg" loading={isSaving}>
              {isPublished ? "Save as a new version" : "Save the draft"}
            </Button>
          </Group>
        </Stack>
      </Card>
    </form>
  );
}

function plain(texts: string[] | undefined) {
  return linesOf((texts ?? []).map((text) => ({ text })));
}
