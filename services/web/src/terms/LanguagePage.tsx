import { Button, Skeleton, Stack, TextInput, Title } from "@mantine/core";
import { IconArrowLeft, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { Term } from "~/api/types";
import { ClipCard } from "~/clips/ClipCard";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import { Trouble } from "~/shared/Trouble";
import { count } from "~/shared/words";
import { termsQuery, useLookUp } from "~/terms/api";
import classes from "./LanguagePage.module.css";

const FIRST_STEPS = 2;

/** The words everybody here uses the same way: what they mean, what they look like, which steps bring them. */
export function LanguagePage() {
  const terms = useQuery(termsQuery);
  const [q, setQ] = useState("");
  const named = useLocation({ select: ({ hash }) => hash });
  const asked = q.trim().toLowerCase();
  const shown = terms.data?.filter(
    ({ name, meaning, synonyms }) =>
      !asked || [name, meaning, ...synonyms].some((words) => words.toLowerCase().includes(asked)),
  );
  useNamedTerm(terms.data, named);
  return (
    <Page
      title="Our words"
      lead="What we mean when we say it, so that everybody means the same."
      actions={
        <Link to="/steps" className={classes.back}>
          <IconArrowLeft size={20} aria-hidden="true" /> All steps
        </Link>
      }
    >
      <TextInput
        type="search"
        size="lg"
        aria-label="Search our words"
        placeholder="A word, or what it might mean"
        leftSection={<IconSearch size={20} aria-hidden="true" />}
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
      />
      {terms.isError && <Trouble error={terms.error} mt="lg" />}
      {terms.isPending && (
        <Stack mt="xl" role="status" aria-label="Loading our words">
          <Skeleton h={120} />
          <Skeleton h={120} />
          <Skeleton h={120} />
        </Stack>
      )}
      {shown?.length === 0 && (
        <Empty title={asked ? "No word like that" : "No words here yet"}>
          {asked ? "Try fewer letters." : "Those who lead coaching can add some with the library."}
        </Empty>
      )}
      <ul className={classes.terms}>
        {shown?.map((term) => (
          <OneTerm key={term.id} term={term} lit={term.slug === named} />
        ))}
      </ul>
    </Page>
  );
}

function OneTerm({ term, lit }: { term: Term; lit: boolean }) {
  const [all, setAll] = useState(false);
  const steps = all ? term.steps : term.steps.slice(0, FIRST_STEPS);
  const more = term.steps.length - steps.length;
  return (
    <li id={term.slug} className={classes.term} data-lit={lit || undefined}>
      <Title order={2}>{term.name}</Title>
      <p className={classes.meaning}>{term.meaning}</p>
      {term.example && (
        <ul className={classes.example} aria-label={`What “${term.name}” looks like here`}>
          <ClipCard clip={term.example.clip} likely={false} />
        </ul>
      )}
      {steps.length > 0 && (
        <ul className={classes.steps} aria-label={`Steps that bring “${term.name}”`}>
          {steps.map((step) => (
            <li key={step.id}>
              <Link to="/steps/$id" params={{ id: step.slug }}>
                {step.wording}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && (
        <Button variant="subtle" ml="-md" onClick={() => setAll(true)}>
          {count(more, "more step")}
        </Button>
      )}
    </li>
  );
}

/** A link to one term brings it into view, and counts as looking it up. */
function useNamedTerm(terms: Term[] | undefined, named: string): void {
  const { mutate: lookUp } = useLookUp();
  const term = terms?.find(({ slug }) => slug === named);
  const id = term?.id;
  useEffect(() => {
    if (!id) return;
    document.getElementById(named)?.scrollIntoView({ block: "center" });
    lookUp(id);
  }, [id, named, lookUp]);
}
