import { Button, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Meeting, Proposal } from "~/api/types";
import { proposalsQuery } from "~/proposals/api";
import { Exchange } from "~/proposals/Exchange";
import { openFirst } from "~/proposals/words";
import { Trouble } from "~/shared/Trouble";
import { TermText } from "~/terms/TermText";
import classes from "./Proposed.module.css";

interface ProposedProps {
  meeting: Meeting;
  title: string;
  /** What may be done about one of them. */
  children?: (proposal: Proposal) => ReactNode;
}

/** What the coachee would rather work on lies on the table for both, with what was said about it. */
export function Proposed({ meeting, title, children }: ProposedProps) {
  const { data, error } = useInfiniteQuery(proposalsQuery(meeting.coachee.id));
  if (error && !data) return <Trouble error={error} />;
  const [open] = openFirst(data ?? []);
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="proposed" className={classes.proposed}>
      <Title order={2} id="proposed" className={classes.title}>
        {title}
      </Title>
      <ul className={classes.list}>
        {open.map((proposal) => (
          <li key={proposal.id} className={classes.proposal}>
            {proposal.wording && <p className={classes.wording}>{proposal.wording}</p>}
            {proposal.words && (
              <p className={classes.words}>
                <TermText text={proposal.words} />
              </p>
            )}
            <Exchange proposal={proposal} />
            {children?.(proposal)}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface AnsweringProps {
  name: string;
  proposal: Proposal;
  onLeave: () => void;
}

/** While a step is looked for: what it shall answer. */
export function Answering({ name, proposal, onLeave }: AnsweringProps) {
  return (
    <div className={classes.answering}>
      <p>
        For what {name} would rather work on: “{proposal.words}”
      </p>
      <Button variant="subtle" ml="-md" onClick={onLeave}>
        Not for that
      </Button>
    </div>
  );
}
