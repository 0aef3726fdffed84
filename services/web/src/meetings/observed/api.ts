import { queryOptions } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";

/** All meetings of mine that were filmed, as coach or as coachee, newest first. */
export const filmedMeetingsQuery = queryOptions({
  queryKey: [...keys.meetings, "with", "filmed"],
  queryFn: async () => {
    const { items } = await ok(api.GET("/api/v1/meetings", { params: { query: { limit: 100 } } }));
    return items.filter(({ film, kind }) => film !== null && kind === "feedback");
  },
});
