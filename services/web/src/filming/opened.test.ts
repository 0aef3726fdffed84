import { expect, test } from "vitest";
import { closeCamera, openCamera } from "~/filming/opened";

test("closing the camera tells whoever opened it, once", () => {
  const told: string[] = [];
  openCamera({ wishes: { purpose: "lesson" }, title: "A lesson", onClose: () => told.push("closed") });
  closeCamera();
  closeCamera();
  expect(told).toEqual(["closed"]);
});
