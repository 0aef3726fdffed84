import type { SuggestedStep } from "~/api/types";

/** Why a step is suggested, as the coach would say it. */
export const BECAUSE: Record<SuggestedStep["because"], string> = {
  words: "From what was noted here",
  next: "Comes next in the sequence",
  same: "This clip hangs on it already",
  similar: "Like the present step",
};
