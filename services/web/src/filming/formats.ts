/** One way a browser can write a film down. */
export interface Format {
  /** What MediaRecorder is asked for; empty where it may choose. */
  mimeType: string;
  /** The ending of the file’s name. */
  ending: "mp4" | "webm";
}

// H.264 plays everywhere and needs no transcoding before it can be watched; WebM is what is left.
const WISHED = [
  "video/mp4;codecs=avc1.640028,mp4a.40.2",
  "video/mp4;codecs=avc1.42E01F,mp4a.40.2",
  "video/mp4;codecs=avc1.64003E,mp4a.40.2",
  "video/mp4;codecs=avc1.640028,opus",
  "video/mp4",
  "video/webm;codecs=vp9,opus",
  "video/webm;codecs=vp8,opus",
  "video/webm",
];

/** The best format that `supports` says yes to. */
export function bestFormat(supports: (mimeType: string) => boolean): Format {
  const mimeType = WISHED.find(supports) ?? "";
  return { mimeType, ending: endingOf(mimeType) };
}

/** What a film of this type is called at its end; MediaRecorder says the type it chose. */
export function endingOf(mimeType: string): Format["ending"] {
  return mimeType.startsWith("video/mp4") ? "mp4" : "webm";
}

/** The type without its codecs, as a file has it. */
export function plainType(mimeType: string): string {
  return mimeType.split(";")[0] || "video/webm";
}
