import { Button, Title } from "@mantine/core";
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import type { Exemplar, Step } from "~/api/types";
import { ChapterList } from "~/exemplars/Chapters";
import type { Begin } from "~/exemplars/ModelFilm";
import { shownOf } from "~/exemplars/shown";
import { late } from "~/shared/late";
import { spoken } from "~/shared/time";
import { firstName } from "~/shared/words";
import classes from "./StepModels.module.css";

// The player comes with the first press: who only reads a step doesn't wait for it.
const ModelFilm = late(() => import("~/exemplars/ModelFilm"), "ModelFilm");

/** What a step looks like when it is done well: its published models, one of them open. */
export function StepModels({ step }: { step: Step }) {
  const [chosen, setChosen] = useState<string>();
  const open = step.exemplars.find(({ id }) => id === chosen) ?? step.exemplars[0];
  if (!open) return null;
  const others = step.exemplars.filter(({ id }) => id !== open.id);
  return (
    <section className={classes.models} aria-labelledby="models">
      <Title order={2} id="models">
        See it done well
      </Title>
      <Model key={open.id} exemplar={open} step={step} />
      {others.length > 0 && (
        <ul className={classes.others} aria-label="More models">
          {others.map((one) => (
            <li key={one.id}>
              <Button variant="default" onClick={() => setChosen(one.id)}>
                {firstName(one.owner.name)}: {one.title}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface ModelProps {
  exemplar: Exemplar;
  step: Pick<Step, "prompts" | "criteria">;
}

/** One model: a still until somebody wants to watch it. */
export function Model({ exemplar, step }: ModelProps) {
  const [begin, setBegin] = useState<Begin>();
  return (
    <div>
      <p className={classes.about}>
        {firstName(exemplar.owner.name)} · {exemplar.title}
        {exemplar.duration_ms ? ` · ${spoken(exemplar.duration_ms)}` : ""}
      </p>
      {begin ? (
        <Suspense fallback={<Still exemplar={exemplar} onBegin={setBegin} />}>
          <ModelFilm exemplar={exemplar} prompts={step.prompts} criteria={step.criteria} begin={begin} />
        </Suspense>
      ) : (
        <Still exemplar={exemplar} onBegin={setBegin} />
      )}
    </div>
  );
}

function Still({ exemplar, onBegin }: { exemplar: Exemplar; onBegin: (begin: Begin) => void }) {
  const poster = exemplar.video?.poster ?? exemplar.clip?.poster ?? null;
  const aspect = shownOf(exemplar)?.aspect ?? 16 / 9;
  const { chapters } = exemplar;
  return (
    <div className={classes.still}>
      <button
        type="button"
        className={classes.picture}
        style={{ "--aspect": aspect } as React.CSSProperties}
        onClick={() => onBegin("whole")}
        aria-label={`Watch “${exemplar.title}”`}
      >
        {poster && <img src={poster} alt="" loading="lazy" decoding="async" />}
        <span className={classes.sign}>
          <IconPlayerPlayFilled size={34} aria-hidden="true" />
        </span>
      </button>
      <div className={classes.beside}>
        <div className={classes.ways}>
          <Button onClick={() => onBegin("whole")}>Watch it once, whole</Button>
          {chapters.length > 0 && (
            <Button variant="default" onClick={() => onBegin("criteria")}>
              Again, criterion by criterion
            </Button>
          )}
        </div>
        <ChapterList chapters={chapters} onPlay={(chapter) => onBegin({ chapter })} />
        {exemplar.rights.change && chapters.length === 0 && (
          <p className={classes.hint}>Open the film to say where each criterion can be seen.</p>
        )}
      </div>
    </div>
  );
}
