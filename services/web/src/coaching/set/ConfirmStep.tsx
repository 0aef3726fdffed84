import { Alert, Button, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconArrowLeft, IconPencil } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { sentence } from "~/api/problem";
import type { StepSummary } from "~/api/types";
import { useSetStep } from "~/coaching/api";
import type { SetFromClipProps } from "~/coaching/set/SetFromClip";
import { Wording } from "~/coaching/Wording";
import { DialogActions } from "~/shared/DialogActions";
import { firstName } from "~/shared/words";
import { CoacheeContext, UnmetHint } from "~/terms/UnmetHint";
import classes from "./SetFromClip.module.css";

interface ConfirmStepProps {
  step: StepSummary;
  clip: SetFromClipProps["clip"];
  onBack: () => void;
  onSet: () => void;
}

/** Its words, a why if one comes to mind, and it is set. */
export function ConfirmStep({ step, clip, onBack, onSet }: ConfirmStepProps) {
  const setStep = useSetStep();
  const [words, setWords] = useState({ goal: step.goal, action: step.action });
  const [rewording, setRewording] = useState(false);
  const [why, setWhy] = useState("");
  const name = firstName(clip.owner.name);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setStep.mutate(
      {
        coachee: clip.owner.id,
        step: step.id,
        goal: words.goal.trim(),
        action: words.action.trim(),
        criteria: step.criteria.map(({ text }) => text),
        why: why.trim(),
        clip: clip.id,
      },
      {
        onSuccess: () => {
          notifications.show({ message: `${name} sees the new step now, with this clip.` });
          onSet();
        },
      },
    );
  };
  return (
    <CoacheeContext value={clip.owner}>
      <form onSubmit={submit}>
        <Button variant="subtle" ml="-md" mb="xs" leftSection={<IconArrowLeft size={20} />} onClick={onBack}>
          Choose another
        </Button>
        {rewording ? (
          <>
            <Textarea
              label="Goal"
              minRows={1}
              value={words.goal}
              onChange={(event) => setWords({ ...words, goal: event.currentTarget.value })}
              required
              withAsterisk={false}
            />
            <p className={classes.by}>by</p>
            <Textarea
              aria-label="Action"
              minRows={1}
              value={words.action}
              onChange={(event) => setWords({ ...words, action: event.currentTarget.value })}
              required
            />
          </>
        ) : (
          <>
            <p className={classes.wording}>
              <Wording {...words} />
            </p>
            <Button
              variant="subtle"
              ml="-md"
              leftSection={<IconPencil size={20} />}
              onClick={() => setRewording(true)}
            >
              Change the words
            </Button>
          </>
        )}
        <ul className={classes.criteria} aria-label="What you’ll both see and hear">
          {step.criteria.map(({ id, text }) => (
            <li key={id}>{text}</li>
          ))}
        </ul>
        <Textarea
          mt="lg"
          label={`Why this step, for ${name} (if you like)`}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <UnmetHint text={why} />
        {setStep.isError && (
          <Alert color="red" variant="light" mt="md" role="alert">
            {sentence(setStep.error)}
          </Alert>
        )}
        <DialogActions>
          <Button type="submit" size="lg" loading={setStep.isPending}>
            Set this step for {name}
          </Button>
        </DialogActions>
      </form>
    </CoacheeContext>
  );
}
