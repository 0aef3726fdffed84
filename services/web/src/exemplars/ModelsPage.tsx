import { Button, Skeleton, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Clip, Exemplar, TermExample } from "~/api/types";
import { exemplarsQuery, termExamplesQuery } from "~/exemplars/api";
import { type Example, ExampleLine } from "~/exemplars/ExampleLine";
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
  const groups = [
    { title: "Waits for you", rows: rows.filter(({ example }) => isMyTurn(example)) },
    { title: "On the way", rows: rows.filter(({ example }) => !isMyTurn(example) && !example.shown) },
    { title: "In the library", rows: rows.filter(({ example }) => example.shown) },
  ];
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
      {exemplars.data && terms.data && rows.length === 0 && (
        <Empty title="No models yet">
          A coach who sees a step done well proposes the film, or a clip of it, from its menu. Who is in it is
          asked first.
        </Empty>
      )}
      {groups.map(
        (group) =>
          group.rows.length > 0 && (
            <section key={group.title} className={classes.group} aria-label={group.title}>
              <Title order={2}>{group.title}</Title>
              <ul className={classes.rows}>
                {group.rows.map((row) => (
                  <Line key={row.example.id} row={row} />
                ))}
              </ul>
            </section>
          ),
      )}
      <ShowMore list={exemplars}>Show earlier models</ShowMore>
    </Page>
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

function isMyTurn({ may, permission }: Example): boolean {
  return Boolean(may.publish) || (may.permit && permission === "asked");
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
