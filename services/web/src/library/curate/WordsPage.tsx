import { Stack, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Term } from "~/api/types";
import { useWords } from "~/library/curate/api";
import { FormEnd } from "~/library/curate/FormEnd";
import { PartPage } from "~/library/curate/PartPage";
import { type PickedStep, StepPicker } from "~/library/curate/StepPicker";
import { termsQuery } from "~/terms/api";

/** The shared language, to be written and changed. */
export function WordsPage() {
  return (
    <PartPage
      title="Our words"
      lead="What we mean when we say it, and what people say who don’t know the word yet."
      one="word"
      items={useQuery(termsQuery)}
      name={({ name }) => name}
      note={({ meaning }) => meaning}
      form={(term, done) => <WordForm term={term} done={done} />}
    />
  );
}

function WordForm({ term, done }: { term: Term | undefined; done: () => void }) {
  const { save, remove } = useWords();
  const [name, setName] = useState(term?.name ?? "");
  const [meaning, setMeaning] = useState(term?.meaning ?? "");
  const [synonyms, setSynonyms] = useState(term?.synonyms ?? []);
  const [steps, setSteps] = useState<PickedStep[]>(term?.steps ?? []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { id: term?.id, name, meaning, synonyms, steps: steps.map(({ id }) => id) },
      { onSuccess: done },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="The word"
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="What it means"
          description="In plain words, as you’d say it to somebody on her first day."
          required
          withAsterisk={false}
          value={meaning}
          onChange={(event) => setMeaning(event.currentTarget.value)}
        />
        <TagsInput
          size="md"
          label="Other ways of saying it"
          description="What people say who don’t know the word: the search finds its steps by them. Press Enter after each."
          value={synonyms}
          onChange={setSynonyms}
        />
        <StepPicker legend="The steps that bring it" steps={steps} onChange={setSteps} />
        <FormEnd
          error={save.error ?? remove.error}
          isSaving={save.isPending}
          onCancel={done}
          remove={
            term && {
              title: `Delete “${term.name}”?`,
              detail: "It goes out of every step that brings it, and its example with it. The clip stays.",
              go: () => remove.mutate(term.id, { onSuccess: done }),
            }
          }
        />
      </Stack>
    </form>
  );
}
