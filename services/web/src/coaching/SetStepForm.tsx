import { ActionIcon, Alert, Button, Stack, Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { sentence } from "~/api/problem";
import type { PersonRef, Step } from "~/api/types";
import { useSetStep } from "~/coaching/api";
import { useChangeProposal } from "~/proposals/api";
import { Card } from "~/shared/Card";
import { firstName } from "~/shared/words";
import { UnmetHint } from "~/terms/UnmetHint";
import classes from "./SetStepForm.module.css";

interface SetStepFormProps {
  step: Step;
  person: PersonRef;
  /** The clip that showed why. */
  clip?: string;
  /** What she proposed, and gets an answer to by this. */
  proposal?: string;
}

export function SetStepForm({ step, person, clip, proposal }: SetStepFormProps) {
  const navigate = useNavigate();
  const setStep = useSetStep();
  const answer = useChangeProposal();
  const [goal, setGoal] = useState(step.goal);
  const [action, setAction] = useState(step.action);
  const [why, setWhy] = useState("");
  const [criteria, setCriteria] = useState(() => step.criteria.map(({ text }, key) => ({ key, text })));
  const name = firstName(person.name);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setStep.mutate(
      {
        coachee: person.id,
        step: step.id,
        goal: goal.trim(),
        action: action.trim(),
        why: why.trim(),
        criteria: criteria.map(({ text }) => text.trim()).filter(Boolean),
        ...(clip ? { clip } : {}),
      },
      {
        onSuccess: async (made) => {
          if (proposal) {
            // The step is set either way; the proposal can still be answered by hand.
            await answer
              .mutateAsync({ id: proposal, state: "accepted", action_step: made.id })
              .catch((error) => notifications.show({ color: "red", message: sentence(error) }));
          }
          notifications.show({ message: `${name} sees the new step now.` });
          return navigate({ to: "/people/$id", params: { id: person.id } });
        },
      },
    );
  };
  const reword = (key: number, text: string) =>
    setCriteria(criteria.map((one) => (one.key === key ? { key, text } : one)));
  const add = () =>
    setCriteria([...criteria, { key: Math.max(-1, ...criteria.map(({ key }) => key)) + 1, text: "" }]);

  return (
    <form onSubmit={submit}>
      <Card>
        <Stack gap="lg">
          <div>
            <Textarea
              label="Goal"
              minRows={1}
              value={goal}
              onChange={(event) => setGoal(event.currentTarget.value)}
              required
              withAsterisk={false}
            />
            <Text c="dimmed" className={classes.by}>
              by
            </Text>
            <Textarea
              aria-label="Action"
              minRows={1}
              value={action}
              onChange={(event) => setAction(event.currentTarget.value)}
              required
            />
          </div>
          <fieldset className={classes.criteria}>
            <legend>What you’ll both see and hear</legend>
            {criteria.map(({ key, text }, place) => (
              <div key={key} className={classes.criterion}>
                <Textarea
                  className={classes.grow}
                  minRows={1}
                  aria-label={`Success criterion ${place + 1}`}
                  value={text}
                  onChange={(event) => reword(key, event.currentTarget.value)}
                />
                <ActionIcon
                  color="gray"
                  aria-label={`Leave out criterion ${place + 1}`}
                  onClick={() => setCriteria(criteria.filter((one) => one.key !== key))}
                >
                  <IconX size={22} />
                </ActionIcon>
              </div>
            ))}
            <Button variant="subtle" leftSection={<IconPlus size={20} />} onClick={add}>
              Add a criterion
            </Button>
          </fieldset>
          <Textarea
            label={`Why this step, for ${name}`}
            description="In a sentence you would say to them."
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
          <UnmetHint text={why} />
          {setStep.isError && (
            <Alert color="red" variant="light" role="alert">
              {sentence(setStep.error)}
            </Alert>
          )}
          <Button type="submit" size="lg" loading={setStep.isPending}>
            Set this step for {name}
          </Button>
        </Stack>
      </Card>
    </form>
  );
}
