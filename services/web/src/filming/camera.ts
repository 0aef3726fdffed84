import { isHandheld, type Trouble, troubleOf } from "~/filming/support";

/** Which way a handheld's camera looks. */
export type Facing = "environment" | "user";

export interface Picture {
  stream: MediaStream;
  /** There is no microphone, or it isn't allowed. */
  silent: boolean;
  /** It shows whoever looks at the screen, who expects a mirror. */
  mirrored: boolean;
  /** There is another camera to turn to. */
  several: boolean;
}

const FACING = "pennydrop-camera";
const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };

/** The side that was chosen last on this device: away from the screen to begin with. */
export function rememberedFacing(): Facing {
  return localStorage.getItem(FACING) === "user" ? "user" : "environment";
}

export function rememberFacing(facing: Facing): void {
  localStorage.setItem(FACING, facing);
}

export class CameraTrouble extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble);
  }
}

/** Opens the camera, without sound where there is no microphone. Throws `CameraTrouble`. */
export async function openCamera(facing: Facing, deviceId?: string): Promise<Picture> {
  const video = { ...SIZE, ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: facing }) };
  const stream = await withOrWithoutSound(video);
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(
    ({ kind }) => kind === "videoinput",
  );
  const looks = stream.getVideoTracks()[0]?.getSettings().facingMode;
  return {
    stream,
    silent: stream.getAudioTracks().length === 0,
    mirrored: looks ? looks === "user" : !isHandheld(),
    several: cameras.length > 1,
  };
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The camera after this one, for devices that don't know front and back. */
export async function nextCamera(stream: MediaStream): Promise<string | undefined> {
  const current = stream.getVideoTracks()[0]?.getSettings().deviceId;
  const ids = (await navigator.mediaDevices.enumerateDevices())
    .filter(({ kind }) => kind === "videoinput")
    .map(({ deviceId }) => deviceId);
  return ids[(ids.indexOf(current ?? "") + 1) % ids.length];
}

async function withOrWithoutSound(video: MediaTrackConstraints): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: true });
  } catch (error) {
    // One refusal covers both. Asking again is only fair where it is the microphone alone that is missing.
    if (troubleOf(error) === "refused" && !(await onlySoundIsRefused())) throw new CameraTrouble("refused");
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (error) {
    throw new CameraTrouble(troubleOf(error));
  }
}

async function onlySoundIsRefused(): Promise<boolean> {
  const state = async (name: string) =>
    (await navigator.permissions?.query({ name: name as PermissionName }).catch(() => undefined))?.state;
  return (await state("microphone")) === "denied" && (await state("camera")) !== "denied";
}
