import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, ok } from "~/api/client";
import { sentence } from "~/api/problem";
import { meetingsQuery, usePrepareMeeting } from "~/meetings/api";
import { openMeeting } from "~/meetings/prepare/open";

interface Wanted {
  coachee: string;
  /** What a new meeting is to be about. */
  lesson?: string;
  /** Whichever is open with this person will do, whatever it is about. */
  any?: boolean;
}

/** The way to the next meeting with somebody: the one that is there, or a new one with all the lesson brings. */
export function usePrepare({ coachee, lesson, any = false }: Wanted) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data: lines } = useInfiniteQuery(meetingsQuery(coachee));
  const prepare = usePrepareMeeting();
  const open = any ? openMeeting(lines) : openMeeting(lines, lesson);
  const takesLesson = open !== undefined && open.lesson === null && lesson !== undefined;
  const going = useMutation({
    mutationFn: async () => {
      if (!open) return prepare.mutateAsync({ coachee, kind: "feedback", ...(lesson ? { lesson } : {}) });
      if (takesLesson) {
        const params = { path: { meeting_id: open.id } };
        await ok(api.PATCH("/api/v1/meetings/{meeting_id}", { params, body: { lesson } }));
        await client.invalidateQueries({ queryKey: meetingsQuery(coachee).queryKey });
      }
      return open;
    },
    onSuccess: ({ id, state }) =>
      navigate({ to: state === "preparing" ? "/meetings/$id/prepare" : "/meetings/$id", params: { id } }),
    onError: (error) =>
      notifications.show({ color: "red", title: "That didn’t open", message: sentence(error) }),
  });
  const words =
    open?.state === "running"
      ? "Go on with the meeting"
      : open && !takesLesson
        ? "Open the meeting"
        : "Prepare the meeting";
  return { words, go: () => going.mutate(), busy: going.isPending, ready: lines !== undefined };
}
