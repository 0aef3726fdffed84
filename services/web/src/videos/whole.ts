import { api, ok } from "~/api/client";
import { wholeList } from "~/api/paged";
import type { Clip, Moment } from "~/api/types";

const AT_ONCE = 200;

/** All moments of a video, however many pages they fill. */
export function allMoments(video_id: string): Promise<Moment[]> {
  return wholeList((cursor) => {
    const params = { path: { video_id }, query: { cursor, limit: AT_ONCE } };
    return ok(api.GET("/api/v1/videos/{video_id}/moments", { params }));
  });
}

/** All its clips likewise. */
export function allClips(video_id: string): Promise<Clip[]> {
  return wholeList((cursor) => {
    const params = { path: { video_id }, query: { cursor, limit: AT_ONCE } };
    return ok(api.GET("/api/v1/videos/{video_id}/clips", { params }));
  });
}
