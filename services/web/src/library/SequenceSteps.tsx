import { Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { sequencesQuery } from "~/library/api";
import list from "~/library/StepList.module.css";
import classes from "./SequenceSteps.module.css";

/** Steps that build on each other: what to know first, then what to do with it, in their order. */
export function SequenceSteps({ slug }: { slug: string }) {
  const { data: sequences } = useQuery(sequencesQuery);
  const sequence = sequences?.find((one) => one.slug === slug || one.id === slug);
  if (!sequence) return null;
  const parts = [
    { kind: "knowledge", title: "Know this first" },
    { kind: "action", title: "Then do it, one after the other" },
  ].map((part) => ({ ...part, steps: sequence.steps.filter(({ kind }) => kind === part.kind) }));
  return (
    <section className={classes.sequence} aria-labelledby="sequence">
      <Title order={2} id="sequence">
        {sequence.name}
      </Title>
      {sequence.summary && <p className={classes.summary}>{sequence.summary}</p>}
      {parts
        .filter(({ steps }) => steps.length > 0)
        .map(({ kind, title, steps }) => (
          <div key={kind}>
            <h3 className={classes.part}>{title}</h3>
            <ol className={list.steps} aria-label={title}>
              {steps.map((step) => (
                <li key={step.id} className={list.step}>
                  <Link to="/steps/$id" params={{ id: step.slug }} className={list.link}>
                    {step.wording}
                  </Link>
                </li>
              ))}
            </ol>
          </div>
        ))}
    </section>
  );
}
