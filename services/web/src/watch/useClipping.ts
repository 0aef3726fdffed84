import { notifications } from "@mantine/notifications";
import { sentence } from "~/api/problem";
import type { ActionStep, Clip, Video } from "~/api/types";
import { ask } from "~/shared/ask";
import { useDeleteClip, useSaveClip } from "~/watch/clips/api";
import { draftOf, newDraft, spanAround } from "~/watch/clips/draft";
import { useCut } from "~/watch/clips/useCut";
import type { ShownMoment } from "~/watch/moments/useMoments";
import type { Player } from "~/watch/player/Player";

const BEFORE_MS = 10_000;
const AFTER_MS = 5000;

/** Making, changing and deleting clips, from keys, from moments and from the list. */
export function useClipping(player: Player, video: Video, durationMs: number, steps: ActionStep[]) {
  const cut = useCut(player, durationMs);
  const save = useSaveClip(video.id);
  const { mutate: remove } = useDeleteClip(video.id);

  /** The end of the frame that is shown: what is seen is still in the clip. */
  const afterThisFrame = () => {
    const { frames, nowMs } = player;
    return frames ? frames.startMs(frames.nearest(nowMs) + 1) : nowMs + 1000 / 30;
  };

  return {
    cut,
    save,
    fromMoment(moment: ShownMoment) {
      save.reset();
      const draft = newDraft(spanAround(moment), durationMs, moment);
      const step = steps.find(({ criteria }) => criteria.some(({ id }) => id === draft.criterion));
      cut.begin({ ...draft, actionStep: step?.id ?? null, criterion: step ? draft.criterion : null });
    },
    aroundHere() {
      save.reset();
      const now = player.nowMs;
      cut.begin(newDraft({ startMs: now - BEFORE_MS, endMs: now + AFTER_MS }, durationMs));
    },
    change(clip: Clip) {
      save.reset();
      cut.begin(draftOf(clip));
    },
    setIn() {
      if (cut.draft) cut.move("start", player.nowMs);
      else cut.setIn(player.nowMs);
    },
    setOut() {
      const endMs = afterThisFrame();
      if (cut.draft) return cut.move("end", endMs);
      const startMs = cut.inMs !== null && cut.inMs < endMs ? cut.inMs : endMs - BEFORE_MS;
      save.reset();
      cut.begin(newDraft({ startMs, endMs }, durationMs));
    },
    /** The clip is a window on the film that is here already: it plays before the server has answered. */
    keep(onKept: (clip: Clip) => void) {
      const { draft } = cut;
      if (!draft || save.isPending) return;
      cut.playOnce();
      save.mutate(draft, {
        onSuccess: (clip) => {
          cut.close();
          onKept(clip);
        },
      });
    },
    async remove(clip: Clip) {
      const sure = await ask({
        title: `Delete “${clip.title}”?`,
        detail: "The clip goes for everybody who can see it. The film stays as it is.",
        yes: "Delete the clip",
        grave: true,
      });
      if (!sure) return;
      remove(clip.id, {
        onError: (error) =>
          notifications.show({ color: "red", title: "That wasn’t deleted", message: sentence(error) }),
      });
    },
  };
}
