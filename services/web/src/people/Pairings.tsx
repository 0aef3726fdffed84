import { Alert, Button, Select, Skeleton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { sentence } from "~/api/problem";
import type { Pairing, Person } from "~/api/types";
import { endPairing, pairingsQuery, startPairing } from "~/people/api";
import { PersonRow } from "~/people/PersonRow";
import { ask } from "~/shared/ask";
import { Empty } from "~/shared/Empty";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";
import classes from "./SchoolPage.module.css";

/** Who coaches whom: begin a pairing, end one. */
export function Pairings({ people }: { people: Person[] }) {
  const client = useQueryClient();
  const pairings = useQuery(pairingsQuery);
  const refresh = () => client.invalidateQueries({ queryKey: pairingsQuery.queryKey });
  const start = useMutation({ mutationFn: startPairing, onSuccess: refresh });
  const end = useMutation({ mutationFn: endPairing, onSuccess: refresh });
  const [coach, setCoach] = useState<string | null>(null);
  const [coachee, setCoachee] = useState<string | null>(null);
  const names = people.filter((one) => !one.disabled).map(({ id, name }) => ({ value: id, label: name }));
  const error = start.error ?? end.error ?? pairings.error;

  const begin = (event: FormEvent) => {
    event.preventDefault();
    if (!coach || !coachee) return;
    start.mutate(
      { coach, coachee },
      {
        onSuccess: () => {
          setCoach(null);
          setCoachee(null);
        },
      },
    );
  };
  const finish = async (pair: Pairing) => {
    const sure = await ask({
      title: `End this pairing?`,
      detail: `${firstName(pair.coach.name)} can no longer watch ${firstName(pair.coachee.name)}’s films. Everything stays with ${firstName(pair.coachee.name)}.`,
      yes: "End the pairing",
    });
    if (sure) end.mutate(pair.id);
  };

  return (
    <>
      {error && (
        <Alert color="red" variant="light" mb="md" role="alert">
          {sentence(error)}
        </Alert>
      )}
      <form className={classes.pair} onSubmit={begin}>
        <Select
          label="Coach"
          placeholder="Who coaches"
          searchable
          data={names}
          value={coach}
          onChange={setCoach}
        />
        <Select
          label="Coachee"
          placeholder="Who is coached"
          searchable
          data={names.filter(({ value }) => value !== coach)}
          value={coachee}
          onChange={setCoachee}
        />
        <Button type="submit" disabled={!coach || !coachee} loading={start.isPending}>
          Pair them
        </Button>
      </form>
      {pairings.isPending && <Skeleton h={160} />}
      {pairings.data?.length === 0 && (
        <Empty title="No pairings yet">
          Choose a coach and a coachee above. Each can be both, with different people.
        </Empty>
      )}
      <ul className={classes.list}>
        {pairings.data?.map((pair) => (
          <PersonRow
            key={pair.id}
            face={pair.coach.name}
            name={`${pair.coach.name} coaches ${pair.coachee.name}`}
            note={`Since ${said(pair.started_at)}`}
          >
            <Button variant="subtle" color="gray" onClick={() => finish(pair)}>
              End
            </Button>
          </PersonRow>
        ))}
      </ul>
    </>
  );
}
