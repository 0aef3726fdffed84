import { Alert, Button, Checkbox, Select, Skeleton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { sentence } from "~/api/problem";
import type { Pairing, Person } from "~/api/types";
import { endPairing, pairingsQuery, startPairing } from "~/people/api";
import { PersonRow } from "~/people/PersonRow";
import { type Couple, couples } from "~/people/reciprocal";
import { ask } from "~/shared/ask";
import { Empty } from "~/shared/Empty";
import { Trouble } from "~/shared/Trouble";
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
  const [bothWays, setBothWays] = useState(false);
  const names = people.filter((one) => !one.disabled).map(({ id, name }) => ({ value: id, label: name }));
  const error = start.error ?? end.error;

  const begin = (event: FormEvent) => {
    event.preventDefault();
    if (!coach || !coachee) return;
    start.mutate(
      { coach, coachee, both_ways: bothWays },
      {
        onSuccess: () => {
          setCoach(null);
          setCoachee(null);
          setBothWays(false);
        },
      },
    );
  };
  const finish = async ({ pairings: [pair, other] }: Couple<Pairing>) => {
    if (!pair) return;
    const [coach, coachee] = [firstName(pair.coach.name), firstName(pair.coachee.name)];
    const sure = await ask({
      title: "End this pairing?",
      detail: other
        ? `${coach} and ${coachee} can no longer watch each other’s films. Everything stays with the one it is of.`
        : `${coach} can no longer watch ${coachee}’s films. Everything stays with ${coachee}.`,
      yes: "End the pairing",
    });
    if (!sure) return;
    end.mutate(pair.id);
    if (other) end.mutate(other.id);
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
        <Checkbox
          className={classes.bothWays}
          label="Each coaches the other"
          checked={bothWays}
          onChange={(event) => setBothWays(event.currentTarget.checked)}
        />
        <Button type="submit" disabled={!coach || !coachee} loading={start.isPending}>
          Pair them
        </Button>
      </form>
      {pairings.isLoadingError && <Trouble error={pairings.error} />}
      {pairings.isPending && <Skeleton h={160} />}
      {pairings.data?.length === 0 && (
        <Empty title="No pairings yet">
          Choose a coach and a coachee above. Each can be both, with different people.
        </Empty>
      )}
      <ul className={classes.list}>
        {couples(pairings.data ?? []).map((couple) => (
          <Pair key={couple.pairings[0]?.id} couple={couple} onEnd={() => void finish(couple)} />
        ))}
      </ul>
    </>
  );
}

function Pair({ couple, onEnd }: { couple: Couple<Pairing>; onEnd: () => void }) {
  const [pair, other] = couple.pairings;
  if (!pair) return null;
  const { coach, coachee } = pair;
  const since = other && other.started_at > pair.started_at ? other.started_at : pair.started_at;
  return (
    <PersonRow
      face={coach.name}
      name={
        couple.bothWays
          ? `${coach.name} and ${coachee.name} coach each other`
          : `${coach.name} coaches ${coachee.name}`
      }
      note={`Since ${said(since)}`}
    >
      <Button variant="subtle" color="gray" onClick={onEnd}>
        End
      </Button>
    </PersonRow>
  );
}
