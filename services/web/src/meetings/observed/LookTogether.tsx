import { Alert, Button, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { sentence } from "~/api/problem";
import type { MeetingLine, PersonRef } from "~/api/types";
import { meetingsQuery, usePrepareMeeting } from "~/meetings/api";
import { coming, said } from "~/shared/time";
import { firstName } from "~/shared/words";
import classes from "./Bring.module.css";

/** Coaching looked at together with a coach whom I coach. */
export function LookTogether({ person }: { person: PersonRef }) {
  const { data } = useInfiniteQuery(meetingsQuery(person.id));
  const plan = usePrepareMeeting();
  const navigate = useNavigate();
  const looks = data?.filter(({ kind }) => kind === "coaching_on_coaching") ?? [];
  const begin = () =>
    plan.mutate(
      { coachee: person.id, kind: "coaching_on_coaching" },
      { onSuccess: ({ id }) => navigate({ to: "/meetings/$id/observed", params: { id } }) },
    );
  return (
    <section aria-labelledby="look-together">
      <Title order={2} id="look-together" mb="xs">
        {firstName(person.name)}’s own coaching
      </Title>
      {plan.isError && (
        <Alert color="red" variant="light" role="alert">
          {sentence(plan.error)}
        </Alert>
      )}
      <Looks looks={looks} />
      {!looks.some(({ state }) => state !== "done") && (
        <Button variant="default" mt="xs" onClick={begin} loading={plan.isPending}>
          Plan to look at a meeting together
        </Button>
      )}
    </section>
  );
}

/** Where somebody who coaches me wants to look at a meeting of mine: on Today. */
export function LooksAtMine() {
  const { data } = useInfiniteQuery(meetingsQuery("me"));
  const looks = data?.filter(({ kind, state }) => kind === "coaching_on_coaching" && state !== "done") ?? [];
  if (looks.length === 0) return null;
  return (
    <section aria-labelledby="looks-at-mine">
      <Title order={2} id="looks-at-mine" mb="xs">
        Your own coaching
      </Title>
      <Looks looks={looks} mine />
    </section>
  );
}

function Looks({ looks, mine = false }: { looks: MeetingLine[]; mine?: boolean }) {
  return (
    <ul className={classes.list}>
      {looks.map((look) => (
        <li key={look.id}>
          <Link to="/meetings/$id/observed" params={{ id: look.id }}>
            {lookWords(look, mine)}
            {when(look)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function lookWords({ state, looks_at, coach, coachee }: MeetingLine, mine: boolean): string {
  const other = firstName(mine ? coach.name : coachee.name);
  if (looks_at) return `The meeting you and ${other} look at`;
  if (state === "done") return "What you two looked at";
  return mine
    ? `Choose a meeting to look at with ${other}`
    : `${other} chooses which meeting you two look at`;
}

function when({ planned_at, started_at }: MeetingLine): string {
  if (started_at) return `, ${said(started_at)}`;
  return planned_at ? `, ${coming(planned_at)}` : "";
}
