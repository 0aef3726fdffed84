import { Uploader } from "~/uploads/uploader";

// Not an account: what was filmed by codes on this device. Each film carries the code that it is sent by.
const JOINED = "joined";

let only: Uploader | undefined;

/** The uploader of a device on which nobody need be logged in. */
export function joinedUploader(): Uploader {
  if (!only) {
    only = new Uploader(JOINED);
    void only.start();
  }
  return only;
}
