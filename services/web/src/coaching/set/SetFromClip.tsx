import { Alert, Modal, Skeleton, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue, useMediaQuery } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentence } from "~/api/problem";
import type { Clip, StepSummary } from "~/api/types";
import { suggestedStepsQuery } from "~/coaching/api";
import { BECAUSE } from "~/coaching/set/because";
import { ConfirmStep } from "~/coaching/set/ConfirmStep";
import { Wording } from "~/coaching/Wording";
import { stepsQuery } from "~/library/api";
import { Choice, Choices } from "~/shared/Choice";
import { useFocusBack } from "~/shared/useFocusBack";
import { firstName } from "~/shared/words";
import classes from "./SetFromClip.module.css";

const TYPING_MS = 200;

export interface SetFromClipProps {
  clip: Pick<Clip, "id" | "title" | "owner">;
  onClose: () => void;
}

/** A step from a clip: the likeliest first, then its words, then it is set. */
export function SetFromClip({ clip, onClose }: SetFromClipProps) {
  useFocusBack();
  const small = useMediaQuery("(max-width: 36em)", undefined, { getInitialValueInEffect: false });
  const [chosen, setChosen] = useState<StepSummary>();
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen={small}
      size="lg"
      title={chosen ? `Set for ${firstName(clip.owner.name)}` : `A step for ${firstName(clip.owner.name)}`}
    >
      {chosen ? (
        <ConfirmStep step={chosen} clip={clip} onBack={() => setChosen(undefined)} onSet={onClose} />
      ) : (
        <Choose clip={clip} onChoose={setChosen} />
      )}
    </Modal>
  );
}

function Choose({
  clip,
  onChoose,
}: {
  clip: SetFromClipProps["clip"];
  onChoose: (step: StepSummary) => void;
}) {
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed.trim(), TYPING_MS);
  const suggested = useQuery(suggestedStepsQuery(clip.id));
  const found = useQuery({ ...stepsQuery({ q: asked }), enabled: asked !== "" });
  const error = asked ? found.error : suggested.error;
  const lines: { step: StepSummary; why?: string }[] | undefined = asked
    ? found.data?.map((step) => ({ step }))
    : suggested.data?.map(({ step, because }) => ({ step, why: BECAUSE[because] }));
  return (
    <>
      <p className={classes.from}>Because of “{clip.title}”</p>
      {error && (
        <Alert color="red" variant="light" role="alert">
          {sentence(error)}
        </Alert>
      )}
      {!lines && !error && (
        <Stack gap="sm" role="status" aria-label="Looking for steps">
          <Skeleton h={72} />
          <Skeleton h={72} />
          <Skeleton h={72} />
        </Stack>
      )}
      <Choices aria-label={asked ? "Found" : "Suggested steps"}>
        {lines?.slice(0, 8).map(({ step, why }) => (
          <li key={step.id}>
            <Choice onClick={() => onChoose(step)}>
              <Wording goal={step.goal} action={step.action} />
              {why && <small>{why}</small>}
            </Choice>
          </li>
        ))}
      </Choices>
      {lines?.length === 0 && (
        <p className={classes.from}>
          {asked
            ? "Nothing by those words. Try fewer."
            : "Nothing suggests itself. Search in your own words."}
        </p>
      )}
      <TextInput
        type="search"
        mt="md"
        aria-label="Search all steps"
        placeholder="Another step, in your own words"
        leftSection={<IconSearch size={20} aria-hidden="true" />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </>
  );
}
