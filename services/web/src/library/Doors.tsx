import { Skeleton, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Sequence } from "~/api/types";
import { areasQuery, sequencesQuery } from "~/library/api";
import cover from "~/shared/Cover.module.css";
import { Trouble } from "~/shared/Trouble";
import { count } from "~/shared/words";
import classes from "./Doors.module.css";

/** As many areas as there are where no school added one. */
const COMING = [1, 2, 3, 4, 5];

/** Ways into the library for somebody who has no words for it yet: areas, and steps that build on each other. */
export function Doors() {
  const { data: areas, error } = useQuery(areasQuery);
  const { data: sequences } = useQuery(sequencesQuery);
  return (
    <>
      <section aria-labelledby="areas">
        <Title order={2} id="areas" className={classes.title}>
          Browse by area
        </Title>
        {error && !areas && <Trouble error={error} />}
        <ul className={classes.doors} aria-busy={!areas && !error}>
          {!areas &&
            !error &&
            COMING.map((one) => (
              <li key={one}>
                <Skeleton h={132} radius={18} />
              </li>
            ))}
          {areas
            ?.filter(({ steps }) => steps > 0)
            .map((area) => (
              <li key={area.id} className={classes.door}>
                <Link to="/steps" search={{ area: area.slug }} className={`${cover.link} ${classes.link}`}>
                  {area.name}
                </Link>
                <p>{area.summary}</p>
                <span className={classes.count}>{count(area.steps, "step")}</span>
              </li>
            ))}
        </ul>
      </section>
      {sequences && sequences.length > 0 && (
        <section aria-labelledby="sequences">
          <Title order={2} id="sequences" className={classes.title}>
            Step by step
          </Title>
          <ul className={classes.doors}>
            {sequences.map((sequence) => (
              <li key={sequence.id} className={classes.door}>
                <Link
                  to="/steps"
                  search={{ sequence: sequence.slug }}
                  className={`${cover.link} ${classes.link}`}
                >
                  {sequence.name}
                </Link>
                <p>{sequence.summary}</p>
                <span className={classes.count}>{inWords(sequence)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** “1 to know, 6 to do”: knowledge comes before action. */
function inWords({ steps }: Sequence): string {
  const known = steps.filter(({ kind }) => kind === "knowledge").length;
  return known
    ? `${known} to know first, then ${steps.length - known} to do`
    : `${count(steps.length, "step")}, in order`;
}
