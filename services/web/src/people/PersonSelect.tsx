import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Person } from "~/api/types";
import { peopleNamed } from "~/people/api";
import { useMe } from "~/people/session";
import classes from "./PersonSelect.module.css";

const TYPING_MS = 150;

interface PersonSelectProps {
  label: string;
  placeholder: string;
  className?: string | undefined;
  chosen: Person | null;
  onChoose: (person: Person | null) => void;
  /** Who can’t be chosen here. */
  except: ReadonlySet<string>;
}

/** Chooses one of the people I may know of, by a part of the name. */
export function PersonSelect({ chosen, onChoose, except, ...shown }: PersonSelectProps) {
  const me = useMe();
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed.trim(), TYPING_MS);
  // Once somebody is chosen her name stands in the box: who opens the list then wants to see the others too.
  const people = useQuery(peopleNamed(asked === chosen?.name ? "" : asked));
  const offered = (people.data ?? []).filter(
    ({ id, disabled }) => !disabled && !except.has(id) && id !== chosen?.id,
  );
  const known = new Map([...(chosen ? [chosen] : []), ...offered].map((one) => [one.id, one]));
  return (
    <Select
      {...shown}
      searchable
      nothingFoundMessage={
        people.isPending ? "Looking…" : people.isError ? "No names just now" : "Nobody by that name"
      }
      data={[...known.values()].map(({ id, name }) => ({ value: id, label: name }))}
      // The server has found these, whatever accents were typed.
      filter={({ options }) => options}
      renderOption={({ option: { value, label } }) => {
        const school = known.get(value)?.school;
        return (
          <span className={classes.option}>
            {label}
            {school && school.id !== me.school.id && <small>{school.name}</small>}
          </span>
        );
      }}
      value={chosen?.id ?? null}
      onChange={(id) => onChoose((id && known.get(id)) || null)}
      onSearchChange={setTyped}
    />
  );
}
