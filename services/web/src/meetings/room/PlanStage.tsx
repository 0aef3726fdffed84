import { Alert, Button } from "@mantine/core";
import { Suspense } from "react";
import { sentence } from "~/api/problem";
import type { MeetingPatch } from "~/api/types";
import { useChangeMeeting } from "~/meetings/api";
import { NotesField } from "~/meetings/notes/NotesField";
import { useNotes } from "~/meetings/notes/useNotes";
import { BigStep } from "~/meetings/room/BigStep";
import { Sides, type StageProps } from "~/meetings/room/Room";
import { observationSlots } from "~/meetings/slots";
import { late } from "~/shared/late";
import { Saved } from "~/shared/Saved";
import type { SaverState } from "~/shared/saver";
import { useSaver } from "~/shared/useSaver";
import { firstName } from "~/shared/words";
import classes from "./Room.module.css";

// The last of five stages: its calendar needn't come with the first.
const TimePicker = late(() => import("~/meetings/TimePicker"), "TimePicker");

type Kept = Pick<SaverState<object>, "saving" | "problem" | "touched">;

/** When the coach comes to see it, who does what until then, and the end. */
export function PlanStage({ meeting, me }: StageProps) {
  const change = useChangeMeeting(meeting.id);
  const ending = useChangeMeeting(meeting.id);
  const saver = useSaver<MeetingPatch>((patch) => change.mutateAsync(patch));
  const notes = useNotes(meeting);
  const { action_step: step, lesson, coachee, coach } = meeting;
  const nextAt = saver.unsaved.next_at === undefined ? meeting.next_at : saver.unsaved.next_at;
  const isCoach = coach.id === me.id;
  const end = async () => {
    // The meeting never ends without its last words, nor before it is settled which they are.
    if (await notes.saver.settled()) {
      await ending.mutateAsync({ ...saver.get().unsaved, state: "done" }).catch(() => undefined);
    }
  };
  return (
    <Sides
      main={
        <div className={classes.plan}>
          <Suspense>
            <TimePicker
              label={
                isCoach
                  ? `When you come and see ${firstName(coachee.name)}`
                  : `When ${firstName(coach.name)} comes and sees you`
              }
              slots={observationSlots(lesson ? new Date(lesson.at) : undefined)}
              value={nextAt}
              onChange={(next_at) => saver.change({ next_at }, { now: true })}
            />
          </Suspense>
          <NotesField
            label="Who does what until then"
            placeholder={`${firstName(coachee.name)} tries it in the first ten minutes. ${firstName(coach.name)} …`}
            notes={notes}
          />
          <Saved {...leastSaved(notes.saver, saver)} />
          {ending.isError && (
            <Alert color="red" variant="light" role="alert">
              {sentence(ending.error)}
            </Alert>
          )}
          <Button size="xl" loading={ending.isPending} onClick={() => void end()}>
            End the meeting
          </Button>
        </div>
      }
      beside={
        step && (
          <BigStep
            label="Until then"
            goal={step.goal}
            action={step.action}
            criteria={step.criteria.map(({ text }) => text)}
          />
        )
      }
    />
  );
}

/** The one of two that still has something to say. */
function leastSaved(one: Kept, other: Kept): Kept {
  const both = [one, other];
  return (
    both.find(({ saving }) => saving === "failed") ??
    both.find(({ saving }) => saving !== "saved") ??
    (one.touched ? one : other)
  );
}
