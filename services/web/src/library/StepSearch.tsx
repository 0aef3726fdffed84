import { Chip, Group, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { areasQuery } from "~/library/api";
import classes from "./StepSearch.module.css";

interface StepSearchProps {
  q: string;
  area: string;
  /** Areas to narrow the list by; where they are doors already, they needn't be here too. */
  areas?: boolean;
  onChange: (search: { q: string; area: string }) => void;
}

/** A box that takes plain words, and areas to narrow by. */
export function StepSearch({ q, area, areas: withAreas = true, onChange }: StepSearchProps) {
  const { data: areas } = useQuery(areasQuery);
  return (
    <search className={classes.search}>
      <TextInput
        type="search"
        aria-label="Search the steps"
        placeholder="Try “they don’t listen when I talk”"
        leftSection={<IconSearch size={20} aria-hidden="true" />}
        size="lg"
        value={q}
        onChange={(event) => onChange({ q: event.currentTarget.value, area })}
      />
      {withAreas && (
        <Group gap="xs" className={classes.areas} role="group" aria-label="Areas">
          {areas?.map(({ slug, name }) => (
            <Chip
              key={slug}
              size="md"
              radius="xl"
              variant="outline"
              checked={area === slug}
              onChange={() => onChange({ q, area: area === slug ? "" : slug })}
            >
              {name}
            </Chip>
          ))}
        </Group>
      )}
    </search>
  );
}
