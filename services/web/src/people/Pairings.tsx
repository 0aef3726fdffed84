import { Alert, Button, Checkbox, Skeleton } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { keys } from "~/api/keys";
import { sentence } from "~/api/problem";
import type { Pairing, Person } from "~/api/types";
import { endPairing, pairingsQuery, startPairing } from "~/people/api";
import { NameSearch, useNames } from "~/people/NameSearch";
import { PersonRow } from "~/people/PersonRow";
import { PersonSelect } from "~/people/PersonSelect";
import { type Couple, couples } from "~/people/reciprocal";
import { ask } from "~/shared/ask";
import { Empty } from "~/shared/Empty";
import { ShowMore } from "~/shared/ShowMore";
import { Trouble } from "~/shared/Trouble";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";
import classes from "./SchoolPage.module.css";

/** Who coaches whom: begin a pairing, end one. */
export function Pairings() {
  const client = useQueryClient();
  const names = useNames();
  const pairings = useInfiniteQuery({ ...pairingsQuery(names.asked), placeholderData: keepPreviousData });
  const refresh = () => client.invalidateQueries({ queryKey: keys.pairings });
  const start = useMutation({ mutationFn: startPairing, onSuccess: refresh });
  const end = useMutation({ mutationFn: endPairing, onSuccess: refresh });
  const [coach, setCoach] = useState<Person | null>(null);
  const [coachee, setCoachee] = useState<Person | null>(null);
  const [bothWays, setBothWays] = useState(false);
  const found = couples(pairings.data ?? []);
  const error = start.error ?? end.error;

  const begin = (event: FormEvent) => {
    event.preventDefault();
    if (!coach || !coachee) return;
    start.mutate(
      { coach: coach.id, coachee: coachee.id, both_ways: bothWays },
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
        <PersonSelect
          label="Coach"
          placeholder="Who coaches"
          chosen={coach}
          onChoose={setCoach}
          except={only(coachee)}
        />
        <PersonSelect
          label="Coachee"
          placeholder="Who is coached"
          chosen={coachee}
          onChoose={setCoachee}
          except={only(coach)}
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
      <NameSearch names={names} among={found.length} label="Find a pairing by name" />
      {pairings.isPending && <Skeleton h={160} />}
      {pairings.isLoadingError && <Trouble error={pairings.error} />}
      {pairings.data && found.length === 0 && <NoPairings searched={names.asked !== ""} />}
      <ul className={classes.list} data-fading={pairings.isPlaceholderData || undefined}>
        {found.map((couple) => (
          <Pair key={couple.pairings[0]?.id} couple={couple} onEnd={() => void finish(couple)} />
        ))}
      </ul>
      <ShowMore list={pairings}>Show more pairings</ShowMore>
    </>
  );
}

function NoPairings({ searched }: { searched: boolean }) {
  if (searched) return <Empty title="No pairing by that name">Try a part of it, or another spelling.</Empty>;
  return (
    <Empty title="No pairings yet">
      Choose a coach and a coachee above. Each can be both, with different people.
    </Empty>
  );
}

function only(person: Person | null): ReadonlySet<string> {
  return new Set(person ? [person.id] : []);
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
