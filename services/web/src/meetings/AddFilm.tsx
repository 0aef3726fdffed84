import { Alert, Button } from "@mantine/core";
import { IconVideo } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { sentence } from "~/api/problem";
import type { Meeting } from "~/api/types";
import { openCamera } from "~/filming/opened";
import { useCanFilm } from "~/filming/useCanFilm";
import { useChangeMeeting } from "~/meetings/api";
import { filmOffset, onFilm } from "~/meetings/stages";
import { said } from "~/shared/time";
import { videosOf } from "~/videos/api";
import classes from "./Filming.module.css";

/** Once both have said yes: filmed with this device, a phone on a shelf say, or chosen from what was sent in. */
export function AddFilm({ meeting, title }: { meeting: Meeting; title: string }) {
  const { data: ofCoach = [] } = useInfiniteQuery(videosOf(meeting.coach.id, "meeting"));
  const { data: ofCoachee = [] } = useInfiniteQuery(videosOf(meeting.coachee.id, "meeting"));
  const canFilm = useCanFilm();
  const add = useAddFilm(meeting);
  const film = () =>
    openCamera({ title, wishes: { purpose: "meeting" }, onFilmed: (video) => add.mutate(video) });
  const offered = [...ofCoach, ...ofCoachee].toSorted((a, b) => (a.id < b.id ? 1 : -1));
  return (
    <div className={classes.add}>
      {add.isError && (
        <Alert color="red" variant="light" role="alert">
          {sentence(add.error)}
        </Alert>
      )}
      {canFilm && (
        <Button variant="light" leftSection={<IconVideo size={22} />} loading={add.isPending} onClick={film}>
          Film it with this device
        </Button>
      )}
      {offered.length > 0 && (
        <ul className={classes.offered} aria-label="Films of meetings">
          {offered.map((video) => (
            <li key={video.id}>
              <span>
                {video.title}
                <small>{said(video.recorded_at ?? video.created_at)}</small>
              </span>
              <Button variant="default" disabled={add.isPending} onClick={() => add.mutate(video.id)}>
                It is this one
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The phases go along onto the film’s own timeline, where it is known when it began. */
function useAddFilm(meeting: Meeting) {
  const change = useChangeMeeting(meeting.id);
  return useMutation({
    mutationFn: async (id: string) => {
      const video = await ok(api.GET("/api/v1/videos/{video_id}", { params: { path: { video_id: id } } }));
      const began = filmOffset(meeting, video);
      return change.mutateAsync({
        film: id,
        ...(began === undefined ? {} : { phases: onFilm(meeting.counts.phases, began) }),
      });
    },
  });
}
