import { notifications } from "@mantine/notifications";
import { at } from "~/shared/time";

/** Puts a link to a place in a film, or to one of its clips, where it can be pasted. */
export async function copyLink(videoId: string, place: { ms: number } | { clip: string }): Promise<void> {
  const query = "clip" in place ? `clip=${place.clip}` : `t=${at(Math.round(place.ms))}`;
  const link = `${location.origin}/videos/${videoId}?${query}`;
  try {
    await navigator.clipboard.writeText(link);
    notifications.show({ message: "Link copied. It opens for people who may see this film." });
  } catch {
    // Without https a browser doesn't let pages copy.
    notifications.show({ title: "Copy this link", message: link, autoClose: 20_000 });
  }
}
