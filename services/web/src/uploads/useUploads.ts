import { useSyncExternalStore } from "react";
import { tellBegun } from "~/uploads/unfinished";
import type { Upload } from "~/uploads/upload";
import { Uploader } from "~/uploads/uploader";

let current: { person: string; uploader: Uploader } | undefined;

/** The one uploader of whoever is logged in. */
export function uploaderOf(person: string): Uploader {
  if (current?.person !== person) {
    current?.uploader.stop();
    current = { person, uploader: new Uploader(person) };
    void current.uploader.start();
    queueMicrotask(tellBegun);
  }
  return current.uploader;
}

/** What an uploader has on its way, newest first. */
export function useUploadsOf(uploader: Uploader): readonly Upload[] {
  return useSyncExternalStore(uploader.subscribe, uploader.all);
}

/** The films on their way, newest first. */
export function useUploads(person: string): { uploader: Uploader; uploads: readonly Upload[] } {
  const uploader = uploaderOf(person);
  const uploads = useUploadsOf(uploader);
  return { uploader, uploads };
}
