import { queryOptions } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";

/** The moments of one video that the viewer may see, in the order of the film. */
export const momentsQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.moments(videoId),
    queryFn: async () =>
      (await ok(api.GET("/api/v1/videos/{video_id}/moments", { params: { path: { video_id: videoId } } })))
        .items,
  });
