import { Button, NativeSelect } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { StepFilter } from "~/library/api";
import { sequencesQuery, tagsQuery } from "~/library/api";
import { GENERIC, tagName } from "~/library/tags";
import classes from "./StepFilters.module.css";

interface StepFiltersProps {
  filter: StepFilter;
  onChange: (filter: StepFilter) => void;
}

/** Phase and subject, where the library's steps have any, and the sequence that is being followed. */
export function StepFilters({ filter, onChange }: StepFiltersProps) {
  const { data: tags } = useQuery(tagsQuery);
  const { data: sequences } = useQuery(sequencesQuery);
  const phases = Object.keys(tags?.phases ?? {});
  const subjects = Object.keys(tags?.subjects ?? {});
  const sequence = sequences?.find(({ slug }) => slug === filter.sequence);
  if (phases.length === 0 && subjects.length === 0 && !sequence) return null;
  return (
    <div className={classes.filters}>
      {sequence && (
        <Button
          variant="light"
          radius="xl"
          rightSection={<IconX size={18} aria-hidden="true" />}
          aria-label={`Leave “${sequence.name}”`}
          onClick={() => onChange({ ...filter, sequence: "" })}
        >
          {sequence.name}
        </Button>
      )}
      {phases.length > 0 && (
        <NativeSelect
          aria-label="Phase"
          value={filter.phase ?? ""}
          onChange={(event) => onChange({ ...filter, phase: event.currentTarget.value })}
          data={[
            { value: "", label: "Every phase" },
            ...phases.map((slug) => ({ value: slug, label: tagName(slug) })),
          ]}
        />
      )}
      {subjects.length > 0 && (
        <NativeSelect
          aria-label="Subject"
          value={filter.subject ?? ""}
          onChange={(event) => onChange({ ...filter, subject: event.currentTarget.value })}
          data={[
            { value: "", label: "Every subject" },
            { value: GENERIC, label: "For any subject" },
            ...subjects.map((slug) => ({ value: slug, label: tagName(slug) })),
          ]}
        />
      )}
    </div>
  );
}
