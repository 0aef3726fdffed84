import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { paged } from "~/api/paged";
import type { Meeting, MeetingPatch, NewMeeting } from "~/api/types";

/** Meetings with one coachee (or `me`), newest first. */
export const meetingsQuery = (coachee: string) =>
  paged([...keys.meetings, "with", coachee], (cursor) =>
    ok(api.GET("/api/v1/meetings", { params: { query: { coachee, cursor } } })),
  );

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
    // Two changes in a row arrive in their order.
    scope: { id: `meeting ${id}` },
    mutationFn: (body: MeetingPatch) =>
      ok(
        api.PATCH("/api/v1/meetings/{meeting_id}", {
          params: { path: { meeting_id: id } },
          body,
          // What is typed last arrives when the page is left, too.
          keepalive: true,
        }),
      ),
    onSuccess: keep,
  });
}

/** Takes a meeting away that hasn’t begun; a film of it goes too. */
export function useRemoveMeeting(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      ok(api.DELETE("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id: id } } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [...keys.meetings, "with"] });
      void client.invalidateQueries({ queryKey: keys.actionSteps });
      void client.invalidateQueries({ queryKey: keys.videos });
    },
  });
}

/** Saying yes to being filmed, each for herself, and taking it back: then the film goes too. */
export function useConsent(id: string) {
  const client = useQueryClient();
  const params = { path: { meeting_id: id } };
  return useMutation({
    mutationFn: async (yes: boolean): Promise<unknown> =>
      yes
        ? ok(api.POST("/api/v1/meetings/{meeting_id}/consent", { params }))
        : ok(api.DELETE("/api/v1/meetings/{meeting_id}/consent", { params })),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.meetings }),
        client.invalidateQueries({ queryKey: keys.videos }),
      ]),
  });
}

function useKeepMeeting() {
  const client = useQueryClient();
  return async (meeting: Meeting) => {
    // An answer that was asked for before this one would show what was before.
    await client.cancelQueries({ queryKey: keys.meeting(meeting.id) });
    client.setQueryData(keys.meeting(meeting.id), meeting);
    void client.invalidateQueries({ queryKey: [...keys.meetings, "with"] });
    void client.invalidateQueries({ queryKey: keys.actionSteps });
  };
}
