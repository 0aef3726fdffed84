import { Button, Skeleton, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Clip, Exemplar, TermExample } from "~/api/types";
import { exemplarsQuery, termExamplesQuery } from "~/exemplars/api";
import { type Example, ExampleLine } from "~/exemplars/ExampleLine";
import { GROUPS, type Group, groupOf } from "~/exemplars/groups";
import { Model } from "~/exemplars/StepModels";
import { stepQuery } from "~/library/api";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import { ShowMore } from "~/shared/ShowMore";
import { Trouble } from "~/shared/Trouble";
import { firstName } from "~/shared/words";
import { Poster } from "~/videos/Poster";
import classes from "./ModelsPage.module.css";

interface Row {
  example: Example;
  exemplar?: Exemplar;
  clip?: Clip;
  title: string;
  poster: string | null;
}

/** Models and examples on their way and in the library, by whose word they wait for. */
export function ModelsPage() {
  const exemplars = useInfiniteQuery(exemplarsQuery());
  const terms = useQuery(termExamplesQuery);
  const error = exemplars.error ?? terms.error;
  const rows = [...(exemplars.data ?? []).map(modelRow), ...(terms.data ?? []).map(termRow)];
  // Drawn together: nothing jumps when the second list comes.
  const areThere = exemplars.data !== undefined && terms.data !== undefined;
  const inGroup = (group: Group) => rows.filter(({ example }) => groupOf(example) === group);
  return (
    <Page
      title="Models"
      lead="What good looks like, shown by colleagues who said yes to it. They can take it back at any time."
    >
      {error && <Trouble error={error} />}
      {(exemplars.isPending || terms.isPending) && (
        <div role="status" aria-label="Loading the models">
          <Skeleton h={180} />
        </div>
      )}
      {areThere && rows.length === 0 && (
        <Empty title="No models yet">
          When a coach sees a step done well, they can suggest the film or a clip of it. Whoever is in it is
          asked first.
        </Empty>
      )}
      {areThere && GROUPS.map((group) => <Rows key={group} title={group} rows={inGroup(group)} />)}
      <ShowMore list={exemplars}>Show earlier models</ShowMore>
    </Page>
  );
}

function Rows({ title, rows }: { title: Group; rows: Row[] }) {
  if (rows.length === 0) return null;
  return (
    <section className={classes.group} aria-label={title}>
      <Title order={2}>{title}</Title>
      <ul className={classes.rows}>
        {rows.map((row) => (
          <Line key={row.example.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Line({ row }: { row: Row }) {
  const [open, setOpen] = useState(false);
  const { example, exemplar, clip } = row;
  return (
    <li className={classes.row}>
      <div className={classes.poster}>
        <Poster src={row.poster} />
      </div>
      <div className={classes.words}>
        <p className={classes.title}>
          {firstName(example.owner.name)} · {row.title}
        </p>
        <ExampleLine example={example}>
          {exemplar && (
            <Button variant="subtle" onClick={() => setOpen(!open)} aria-expanded={open}>
              {open ? "Close it" : "Watch it"}
            </Button>
          )}
          {clip && (
            <Button
              variant="subtle"
              renderRoot={(props) => <Link to="/clips/$id" params={{ id: clip.id }} {...props} />}
            >
              Watch it
            </Button>
          )}
        </ExampleLine>
      </div>
      {open && exemplar && <Opened exemplar={exemplar} />}
    </li>
  );
}

function Opened({ exemplar }: { exemplar: Exemplar }) {
  const { data: step } = useQuery(stepQuery(exemplar.step.id));
  return (
    <div className={classes.opened}>
      {step ? <Model exemplar={exemplar} step={step} /> : <Skeleton h={240} />}
    </div>
  );
}

function modelRow(exemplar: Exemplar): Row {
  return {
    exemplar,
    title: exemplar.title,
    poster: exemplar.video?.poster ?? exemplar.clip?.poster ?? null,
    example: { ...exemplar, kind: "exemplar", shows: exemplar.step.wording, may: exemplar.rights },
  };
}

function termRow(one: TermExample): Row {
  return {
    clip: one.clip,
    title: one.clip.title,
    poster: one.clip.poster,
    example: { ...one, kind: "term_example", shows: `Our word: ${one.term.name}`, may: one.rights },
  };
}
