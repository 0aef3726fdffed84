import { playGrowing } from "~/watch/player/hls";

export interface Playback {
  mp4?: string | null;
  /** Only while the film is still growing. */
  hls?: string | null;
}

/**
 * A film's address with the place to begin at: the browser fetches that place at once, and iOS shows a picture
 * before the first tap.
 */
export function addressAt(url: string, ms: number): string {
  return ms > 0 ? `${url}#t=${(ms / 1000).toFixed(4)}` : url;
}

/** What a `<video>` plays at present, and how to let go of it. */
export class Source {
  kind: "mp4" | "hls" | null = null;
  private letGo: () => void = () => {};

  open(video: HTMLVideoElement, playback: Playback, targetMs: number, onLost: () => void): void {
    this.release();
    if (playback.mp4) this.openMp4(video, playback.mp4, targetMs);
    else if (playback.hls) this.openGrowing(video, playback.hls, targetMs, onLost);
  }

  release(): void {
    this.letGo();
    this.letGo = () => {};
    this.kind = null;
  }

  private openMp4(video: HTMLVideoElement, url: string, targetMs: number): void {
    this.kind = "mp4";
    // Opened ahead of its page, it is there already or on its way.
    if (video.getAttribute("src")?.split("#", 1)[0] !== url) video.src = addressAt(url, targetMs);
    this.letGo = () => {
      video.removeAttribute("src");
      video.load();
    };
  }

  private openGrowing(video: HTMLVideoElement, url: string, targetMs: number, onLost: () => void): void {
    this.kind = "hls";
    let wanted = true;
    this.letGo = () => {
      wanted = false;
    };
    playGrowing(video, url, targetMs, onLost)
      .then((release) => {
        if (wanted) this.letGo = release;
        else release();
      })
      .catch(onLost);
  }
}
