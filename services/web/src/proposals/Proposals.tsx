import { Button, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Me } from "~/api/types";
import { proposalsQuery } from "~/proposals/api";
import { ProposalCard } from "~/proposals/ProposalCard";
import { openFirst } from "~/proposals/words";
import { ShowMore } from "~/shared/ShowMore";
import { Trouble } from "~/shared/Trouble";
import { useNamed } from "~/shared/useNamed";
import { count } from "~/shared/words";
import classes from "./ProposalCard.module.css";

interface ProposalsProps {
  coachee: string;
  me: Me;
  title: string;
  /** Where there is nothing: what to do about it. */
  children?: ReactNode;
}

/** What is open is talked over; what was answered can be read again. */
export function Proposals({ coachee, me, title, children }: ProposalsProps) {
  const list = useInfiniteQuery(proposalsQuery(coachee));
  const { data, error } = list;
  const named = useNamed(data !== undefined);
  const [asked, setAll] = useState(false);
  const [open, closed] = openFirst(data ?? []);
  const all = asked || closed.some(({ id }) => named === `proposal-${id}`);
  if (error && !data) return <Trouble error={error} />;
  if (!data || (data.length === 0 && !children)) return null;
  return (
    <section aria-labelledby="proposals">
      <Title order={2} id="proposals" mb="sm">
        {title}
      </Title>
      <div className={classes.list}>
        {[...open, ...(all ? closed : [])].map((proposal) => (
          <ProposalCard key={proposal.id} proposal={proposal} me={me} />
        ))}
      </div>
      {closed.length > 0 && !all && (
        <Button variant="subtle" ml="-md" mt="xs" onClick={() => setAll(true)}>
          {count(closed.length, "earlier proposal")}
        </Button>
      )}
      {(all || closed.length === 0) && <ShowMore list={list}>Show earlier proposals</ShowMore>}
      {children}
    </section>
  );
}

/** What a step came from, where its coachee had proposed it. */
export function ProposalBehind({ step, coachee, me }: { step: string; coachee: string; me: Me }) {
  const { data } = useInfiniteQuery(proposalsQuery(coachee));
  const proposal = data?.find(({ action_step }) => action_step === step);
  if (!proposal) return null;
  return (
    <section aria-labelledby="proposal-behind">
      <Title order={2} id="proposal-behind" mb="sm">
        How it came about
      </Title>
      <ProposalCard proposal={proposal} me={me} />
    </section>
  );
}
