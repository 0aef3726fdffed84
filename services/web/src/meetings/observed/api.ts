import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { paged } from "~/api/paged";

/** Meetings of a coach that were filmed, newest first. */
export const filmedMeetingsQuery = (coach: string) =>
  paged([...keys.meetings, "with", "filmed", coach], (cursor) =>
    ok(
      api.GET("/api/v1/meetings", {
        params: { query: { coach, filmed: true, kind: "feedback", cursor } },
      }),
    ),
  );
