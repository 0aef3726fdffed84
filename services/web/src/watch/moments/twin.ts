import type { Moment } from "~/api/types";
import type { UnsavedMoment, Words } from "~/watch/moments/unsaved";

/** The server moves times to the nearest frame; few films have longer ones. */
const A_FRAME_MS = 50;

type Sent = Pick<UnsavedMoment, "startMs" | "endMs"> & Words;

/** The moment that the server made of one we sent, when its answer never came. */
export function twinOf(sent: Sent, there: Moment[]): Moment | undefined {
  return there.find(
    (moment) =>
      moment.mine &&
      moment.kind === sent.kind &&
      moment.text === sent.text &&
      moment.criterion === sent.criterion &&
      isNear(moment.start_ms, sent.startMs) &&
      isNear(moment.end_ms, sent.endMs),
  );
}

function isNear(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : Math.abs(a - b) <= A_FRAME_MS;
}
