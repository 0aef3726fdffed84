import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";

const TYPING_MS = 200;
/** As many can be looked through. */
const SHORT_LIST = 12;

interface Names {
  typed: string;
  /** What is looked for: the words, once she has stopped typing. */
  asked: string;
  onType: (typed: string) => void;
}

/** Words of a name to look for, as they are typed. */
export function useNames(): Names {
  const [typed, onType] = useState("");
  const [asked] = useDebouncedValue(typed.trim(), TYPING_MS);
  return { typed, asked, onType };
}

/** A box to find somebody by name in a list of so many people; a short list needs none. */
export function NameSearch({ names, among, label }: { names: Names; among: number; label: string }) {
  if (!names.typed && !names.asked && among <= SHORT_LIST) return null;
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={20} aria-hidden="true" />}
      mb="lg"
      value={names.typed}
      onChange={(event) => names.onType(event.currentTarget.value)}
    />
  );
}
