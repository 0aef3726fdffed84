import { ActionIcon, Checkbox, Stack, Textarea, TextInput } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Sequence } from "~/api/types";
import { sequencesQuery } from "~/library/api";
import { useSequences } from "~/library/curate/api";
import { FormEnd } from "~/library/curate/FormEnd";
import { PartPage } from "~/library/curate/PartPage";
import { knownFirst, type Placed } from "~/library/curate/places";
import { StepPicker } from "~/library/curate/StepPicker";
import { count } from "~/shared/words";

/** Steps that build on each other, to be put in order. */
export function SequencesPage() {
  return (
    <PartPage
      title="Step by step"
      lead="Steps that build on each other: first what to know, then what to do."
      one="sequence"
      items={useQuery(sequencesQuery)}
      name={({ name }) => name}
      note={({ summary, steps }) => `${summary} ${count(steps.length, "step")}.`}
      form={(sequence, done) => <SequenceForm sequence={sequence} done={done} />}
    />
  );
}

function SequenceForm({ sequence, done }: { sequence: Sequence | undefined; done: () => void }) {
  const { save, remove } = useSequences();
  const [name, setName] = useState(sequence?.name ?? "");
  const [summary, setSummary] = useState(sequence?.summary ?? "");
  const [places, setPlaces] = useState<Placed[]>(sequence?.steps ?? []);
  const put = (next: (Omit<Placed, "kind"> & { kind?: Placed["kind"] })[]) =>
    setPlaces(knownFirst(next.map((place) => ({ ...place, kind: place.kind ?? "action" }))));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const steps = places.map(({ id, kind }) => ({ step: id, kind }));
    save.mutate({ id: sequence?.id, name, summary, steps }, { onSuccess: done });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Its name"
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="Whom it helps"
          value={summary}
          onChange={(event) => setSummary(event.currentTarget.value)}
        />
        <StepPicker
          legend="Its steps, in order"
          steps={places}
          onChange={put}
          beside={(step, place) => (
            <>
              <Checkbox
                size="md"
                label="To know first"
                checked={step.kind === "knowledge"}
                onChange={({ currentTarget: { checked } }) =>
                  put(
                    places.map((one) =>
                      one.id === step.id ? { ...one, kind: checked ? "knowledge" : "action" } : one,
                    ),
                  )
                }
              />
              <ActionIcon
                color="gray"
                disabled={place === 0 || places[place - 1]?.kind !== step.kind}
                aria-label={`Move “${step.wording}” up`}
                onClick={() => put(places.toSpliced(place, 1).toSpliced(place - 1, 0, step))}
              >
                <IconArrowUp size={20} />
              </ActionIcon>
            </>
          )}
        />
        <FormEnd
          error={save.error ?? remove.error}
          isSaving={save.isPending}
          onCancel={done}
          remove={
            sequence && {
              title: `Delete “${sequence.name}”?`,
              detail: "Its steps stay in the library.",
              go: () => remove.mutate(sequence.id, { onSuccess: done }),
            }
          }
        />
      </Stack>
    </form>
  );
}
