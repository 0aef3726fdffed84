import { Alert, Button, Modal, NativeSelect, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconVideoPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { sentence } from "~/api/problem";
import type { MeetingLine, PersonRef } from "~/api/types";
import { openCamera } from "~/filming/opened";
import { useChangeDropIn, useNoteDropIn } from "~/meetings/drop-ins/api";
import { DialogActions } from "~/shared/DialogActions";
import { said } from "~/shared/time";
import { useFocusBack } from "~/shared/useFocusBack";
import { firstName } from "~/shared/words";
import { CoacheeContext, UnmetHint } from "~/terms/UnmetHint";
import { videosOf } from "~/videos/api";

const NOTE = 5000;
const FILMS = 10;

interface DropInDialogProps {
  coachee: PersonRef;
  /** The visit to change; without one, a visit just now. */
  visit?: MeetingLine;
  onClose: () => void;
}

/** Two lines on the way out of the door. A film if there is one; never a mark. */
export function DropInDialog({ coachee, visit, onClose }: DropInDialogProps) {
  useFocusBack();
  const note = useNoteDropIn();
  const change = useChangeDropIn();
  const [words, setWords] = useState(visit?.notes ?? "");
  const [film, setFilm] = useState(visit?.film ?? "");
  const [filming, setFilming] = useState(false);
  const name = firstName(coachee.name);
  const failed = note.error ?? change.error;

  const filmIt = () => {
    setFilming(true);
    openCamera({
      wishes: { purpose: "lesson", owner: coachee.id, ownerName: coachee.name },
      title: `A few minutes with ${name}`,
      onFilmed: setFilm,
      onClose: () => setFilming(false),
    });
  };
  const done = () => {
    notifications.show({ message: `${name} can read it now.` });
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const notes = words.trim();
    if (visit) change.mutate({ id: visit.id, notes, film: film || null }, { onSuccess: done });
    else note.mutate({ coachee: coachee.id, notes, ...(film ? { video: film } : {}) }, { onSuccess: done });
  };
  return (
    <CoacheeContext value={coachee}>
      <Modal opened={!filming} onClose={onClose} title={`You dropped in on ${name}`}>
        <form onSubmit={submit}>
          <Textarea
            label="What did you see?"
            description={`${name} reads exactly what you write.`}
            minRows={2}
            value={words}
            maxLength={NOTE}
            data-autofocus
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <UnmetHint text={words} />
          <WithFilm coachee={coachee} film={film} onChange={setFilm} onFilm={filmIt} />
          {failed && (
            <Alert color="red" variant="light" mt="md" role="alert">
              {sentence(failed)}
            </Alert>
          )}
          <DialogActions>
            <Button
              type="submit"
              size="lg"
              disabled={!words.trim() && !film}
              loading={note.isPending || change.isPending}
            >
              {visit ? "Save" : `Leave it for ${name}`}
            </Button>
          </DialogActions>
        </form>
      </Modal>
    </CoacheeContext>
  );
}

interface WithFilmProps {
  coachee: PersonRef;
  film: string;
  onChange: (film: string) => void;
  onFilm: () => void;
}

function WithFilm({ coachee, film, onChange, onFilm }: WithFilmProps) {
  const videos = useInfiniteQuery(videosOf(coachee.id));
  const films = (videos.data ?? []).filter(({ state }) => state !== "failed").slice(0, FILMS);
  const there = films.some(({ id }) => id === film);
  return (
    <>
      {(films.length > 0 || film) && (
        <NativeSelect
          mt="md"
          label="A film that goes with it"
          value={film}
          onChange={(event) => onChange(event.currentTarget.value)}
          data={[
            { value: "", label: "None" },
            ...(film && !there ? [{ value: film, label: "The film you just made" }] : []),
            ...films.map(({ id, title, recorded_at, created_at }) => ({
              value: id,
              label: `${title}, ${said(recorded_at ?? created_at)}`,
            })),
          ]}
        />
      )}
      <Button variant="subtle" mt="sm" ml="-md" leftSection={<IconVideoPlus size={20} />} onClick={onFilm}>
        Film it here
      </Button>
    </>
  );
}
