import createClient from "openapi-fetch";
import { problemFrom } from "~/api/problem";
import type { paths } from "~/api/schema";

/** The typed client of `/api/v1`; the session cookie goes along by itself. */
export const api = createClient<paths>({ credentials: "same-origin" });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * The body of a good answer; throws a Problem for any other.
 *
 *     const video = await ok(api.GET("/api/v1/videos/{video_id}", { params: { path: { video_id } } }));
 */
export async function ok<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await request;
  if (!response.ok) throw problemFrom(response.status, error);
  return data as T;
}
