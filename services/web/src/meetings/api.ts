import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Meeting, MeetingPatch, NewMeeting } from "~/api/types";

/** Meetings with one coachee (or `me`), newest first. */
export const meetingsQuery = (coachee: string) =>
  queryOptions({
    queryKey: [...keys.meetings, "with", coachee],
    queryFn: async () => (await ok(api.GET("/api/v1/meetings", { params: { query: { coachee } } }))).items,
  });

export const meetingQuery = (id: string) =>
  queryOptions({
    queryKey: keys.meeting(id),
    queryFn: () => ok(api.GET("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id: id } } })),
  });

export function usePrepareMeeting() {
  const keep = useKeepMeeting();
  return useMutation({
    mutationFn: (body: NewMeeting) => ok(api.POST("/api/v1/meetings", { body })),
    onSuccess: keep,
  });
}

/** Changes what is given; lists take the place of what was there. */
export function useChangeMeeting(id: string) {
  const keep = useKeepMeeting();
  return useMutation({
    mutationFn: (body: MeetingPatch) =>
      ok(api.PATCH("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id: id } }, body })),
    onSuccess: keep,
  });
}

function useKeepMeeting() {
  const client = useQueryClient();
  return (meeting: Meeting) => {
    client.setQueryData(keys.meeting(meeting.id), meeting);
    void client.invalidateQueries({ queryKey: [...keys.meetings, "with"] });
    void client.invalidateQueries({ queryKey: keys.actionSteps });
  };
}
