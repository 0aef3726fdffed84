import { IconHeart, IconHelpCircle, IconNote, IconSearch, type TablerIcon } from "@tabler/icons-react";

export type MomentKind = "praise" | "probe" | "question" | "note";

/** The kinds of moment, in the words of a feedback meeting. */
export const KINDS: { kind: MomentKind; label: string; icon: TablerIcon }[] = [
  { kind: "praise", label: "Praise", icon: IconHeart },
  { kind: "probe", label: "Probe", icon: IconSearch },
  { kind: "question", label: "Question", icon: IconHelpCircle },
  { kind: "note", label: "Note", icon: IconNote },
];
