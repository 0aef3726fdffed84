import { ActionIcon, Alert, Button, Modal, SegmentedControl, Skeleton, Textarea } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentence } from "~/api/problem";
import type { ActionStep } from "~/api/types";
import { clipsQuery } from "~/clips/api";
import { type NewEvidence, useAddEvidence } from "~/coaching/api";
import { Choice, Choices } from "~/shared/Choice";
import { DialogActions } from "~/shared/DialogActions";
import { ShowMore } from "~/shared/ShowMore";
import { Trouble } from "~/shared/Trouble";
import { said, spoken } from "~/shared/time";
import { useFocusBack } from "~/shared/useFocusBack";
import { UnmetHint } from "~/terms/UnmetHint";
import { videosOf } from "~/videos/api";
import classes from "./AddEvidence.module.css";

interface AddEvidenceProps {
  step: ActionStep;
  criterion: string | null;
  label: string;
}

/** Adds a clip, a film or a few words, in two taps. */
export function AddEvidence({ step, criterion, label }: AddEvidenceProps) {
  const [open, setOpen] = useState(false);
  if (!step.rights.add_evidence) return null;
  return (
    <>
      <ActionIcon variant="light" radius="xl" aria-label={label} onClick={() => setOpen(true)}>
        <IconPlus size={22} />
      </ActionIcon>
      {open && <Dialog step={step} criterion={criterion} onClose={() => setOpen(false)} />}
    </>
  );
}

type Kind = "clip" | "film" | "words";

function Dialog({ step, criterion, onClose }: Omit<AddEvidenceProps, "label"> & { onClose: () => void }) {
  useFocusBack();
  const small = useMediaQuery("(max-width: 36em)", undefined, { getInitialValueInEffect: false });
  const add = useAddEvidence(step.id);
  const [kind, setKind] = useState<Kind>("clip");
  const [note, setNote] = useState("");
  const text = step.criteria.find(({ id }) => id === criterion)?.text;
  const save = (what: NewEvidence) =>
    add.mutate({ ...what, ...(criterion ? { criterion } : {}) }, { onSuccess: onClose });
  return (
    <Modal opened onClose={onClose} fullScreen={small} size="lg" title="What shows how it’s going?">
      {text && <p className={classes.criterion}>{text}</p>}
      <SegmentedControl
        fullWidth
        mb="md"
        aria-label="What to add"
        value={kind}
        onChange={(value) => setKind(value as Kind)}
        data={[
          { value: "clip", label: "A clip" },
          { value: "film", label: "A film" },
          { value: "words", label: "Words" },
        ]}
      />
      {add.isError && (
        <Alert color="red" variant="light" mb="md" role="alert">
          {sentence(add.error)}
        </Alert>
      )}
      {kind === "clip" && <Clips step={step} busy={add.isPending} onChoose={(clip) => save({ clip })} />}
      {kind === "film" && <Films step={step} busy={add.isPending} onChoose={(video) => save({ video })} />}
      {kind === "words" && (
        <>
          <Textarea
            minRows={3}
            label="What did you see or hear?"
            value={note}
            maxLength={5000}
            onChange={(event) => setNote(event.currentTarget.value)}
            data-autofocus
          />
          <UnmetHint text={note} />
          <DialogActions>
            <Button
              onClick={() => save({ note: note.trim() })}
              disabled={!note.trim()}
              loading={add.isPending}
            >
              Add these words
            </Button>
          </DialogActions>
        </>
      )}
    </Modal>
  );
}

interface ChoiceProps {
  step: ActionStep;
  busy: boolean;
  onChoose: (id: string) => void;
}

function Clips({ step, busy, onChoose }: ChoiceProps) {
  const clips = useInfiniteQuery(clipsQuery(step.coachee.id));
  if (clips.isLoadingError) return <Trouble error={clips.error} />;
  if (!clips.data) return <Skeleton h={180} mt="md" />;
  if (clips.data.length === 0)
    return <p className={classes.none}>No clips yet. They are made while watching a film.</p>;
  return (
    <>
      <Choices>
        {clips.data.map((clip) => (
          <li key={clip.id}>
            <Choice className={classes.clip} disabled={busy} onClick={() => onChoose(clip.id)}>
              <b>{clip.title}</b>
              <small>
                {spoken(clip.end_ms - clip.start_ms)}
                {clip.video_title ? ` · ${clip.video_title}` : ""}
              </small>
            </Choice>
          </li>
        ))}
      </Choices>
      <ShowMore list={clips}>Show earlier clips</ShowMore>
    </>
  );
}

function Films({ step, busy, onChoose }: ChoiceProps) {
  const videos = useInfiniteQuery(videosOf(step.coachee.id));
  if (videos.isLoadingError) return <Trouble error={videos.error} />;
  if (!videos.data) return <Skeleton h={180} mt="md" />;
  const films = videos.data
    .filter((video) => video.state !== "failed")
    // Goes at this very step first.
    .toSorted((a, b) => Number(b.action_step === step.id) - Number(a.action_step === step.id));
  if (films.length === 0) return <p className={classes.none}>No films yet.</p>;
  return (
    <>
      <Choices>
        {films.map((video) => (
          <li key={video.id}>
            <Choice disabled={busy} onClick={() => onChoose(video.id)}>
              <b>{video.title}</b>
              <small>{said(video.recorded_at ?? video.created_at)}</small>
            </Choice>
          </li>
        ))}
      </Choices>
      <ShowMore list={videos}>Show earlier films</ShowMore>
    </>
  );
}
