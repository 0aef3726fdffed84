import { Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Step } from "~/api/types";
import { Wording } from "~/coaching/Wording";
import { similarQuery } from "~/library/api";
import classes from "./SimilarSteps.module.css";
import list from "./StepList.module.css";

const SHOWN = 4;

/** Other steps for the same thing. */
export function SimilarSteps({ step }: { step: Step }) {
  const { data: steps } = useQuery(similarQuery(step.id));
  if (!steps || steps.length === 0) return null;
  return (
    <section className={classes.similar} aria-labelledby="similar">
      <Title order={2} id="similar">
        Steps like this
      </Title>
      <ul className={list.steps}>
        {steps.slice(0, SHOWN).map((other) => (
          <li key={other.id} className={list.step}>
            <Link to="/steps/$id" params={{ id: other.id }} className={list.link}>
              <Wording goal={other.goal} action={other.action} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
