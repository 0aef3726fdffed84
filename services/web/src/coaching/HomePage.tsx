import { Button, SegmentedControl, Skeleton, Stack, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useDeferredValue } from "react";
import type { Clip, Me } from "~/api/types";
import { clipsQuery } from "~/clips/api";
import { ClipList } from "~/clips/ClipList";
import { todayQuery } from "~/coaching/api";
import { Desk } from "~/coaching/Desk";
import { Criteria, MyStep } from "~/coaching/MyStep";
import { News } from "~/coaching/News";
import { AnotherGo } from "~/coaching/today/AnotherGo";
import { ToWatch } from "~/coaching/today/ToWatch";
import { Requests } from "~/exemplars/Requests";
import { NextMeeting } from "~/meetings/NextMeeting";
import { LooksAtMine } from "~/meetings/observed/LookTogether";
import { useMe } from "~/people/session";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import { ShowMore } from "~/shared/ShowMore";
import { Trouble } from "~/shared/Trouble";
import { firstName } from "~/shared/words";
import classes from "./HomePage.module.css";

const route = getRouteApi("/inside/");

/** Today: what matters to me now, as a coachee, as a coach, or as both. */
export function HomePage() {
  const me = useMe();
  const isBoth = me.is_coachee && me.is_coach;
  const { as } = route.useSearch();
  const asCoach = me.is_coach && (!isBoth || as === "coach");
  return (
    <Page title={greeting(me.name)} quietTitle>
      <div className={classes.sections}>
        {isBoth && <Sides asCoach={asCoach} />}
        {!asCoach && !onlyRuns(me) && <Mine me={me} />}
        {!asCoach && isBoth && <LooksAtMine />}
        {asCoach && <Desk />}
        {onlyRuns(me) && <Runs me={me} />}
      </div>
    </Page>
  );
}

/** One thing at a time: what I work on, or those I coach. */
function Sides({ asCoach }: { asCoach: boolean }) {
  const navigate = useNavigate();
  return (
    <SegmentedControl
      fullWidth
      aria-label="As whom"
      value={asCoach ? "coach" : "own"}
      onChange={(value) =>
        navigate({ to: "/", search: value === "coach" ? { as: "coach" } : {}, replace: true })
      }
      data={[
        { value: "own", label: "My own step" },
        { value: "coach", label: "Those I coach" },
      ]}
    />
  );
}

function Mine({ me }: { me: Me }) {
  // Drawn piece by piece when it comes: a slow phone goes on hearing a thumb.
  const today = useDeferredValue(useQuery(todayQuery));
  const clips = useDeferredValue(useInfiniteQuery(clipsQuery("me")));
  if (today.isPending) {
    return (
      <Stack gap="xl" role="status" aria-label="Loading your step">
        <Skeleton h={300} radius={18} />
        <Skeleton h={220} radius={14} />
      </Stack>
    );
  }
  if (today.isLoadingError) return <Trouble error={today.error} />;
  const { step, meeting, watch, clips: ofStep, news, drop_ins, answers, requests } = today.data;
  const coach = me.coached_by[0]?.person;
  const rest = ofStep.filter(({ id }) => id !== watch.moment?.clip);
  const shown = new Set(ofStep.map((clip) => clip.id));
  const earlier = clips.data?.filter((clip) => !shown.has(clip.id)) ?? [];
  return (
    <>
      {meeting && <NextMeeting meeting={meeting} />}
      {step ? (
        <div className={classes.today}>
          <MyStep step={step} />
          <AnotherGo
            step={step}
            label={watch.best_take ? "Film another go" : "Film a first go"}
            className={classes.go}
          />
          <ToWatch today={today.data} step={step.id} coach={coach} />
          {step.criteria.length > 0 && <Criteria step={step} />}
        </div>
      ) : (
        <FirstTime me={me} />
      )}
      <Requests requests={requests} />
      <News news={news} dropIns={drop_ins} answers={answers} />
      {step && (
        <Button
          variant="subtle"
          className={classes.meetings}
          renderRoot={(props) => <Link to="/meetings" {...props} />}
        >
          Your meetings so far
        </Button>
      )}
      <Clips id="step-clips" title="More clips of this step" clips={rest} />
      <Clips id="other-clips" title={step ? "Other clips" : "Your clips"} clips={earlier} wanted={!step}>
        <ShowMore list={clips}>Show earlier clips</ShowMore>
      </Clips>
    </>
  );
}

interface ClipsProps {
  id: string;
  title: string;
  clips: Clip[];
  wanted?: boolean;
  /** What follows below them. */
  children?: ReactNode;
}

function Clips({ id, title, clips, wanted = false, children }: ClipsProps) {
  if (clips.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <Title order={2} id={id} mb="md">
        {title}
      </Title>
      <ClipList clips={clips} wanted={wanted} />
      {children}
    </section>
  );
}

function FirstTime({ me }: { me: Me }) {
  const coach = me.coached_by[0]?.person.name;
  return (
    <Empty
      title="It begins with one lesson"
      action={
        <Button size="lg" renderRoot={(props) => <Link to="/film" {...props} />}>
          Film or choose a video
        </Button>
      }
    >
      Film ten minutes of a lesson you care about.{" "}
      {coach ? `${firstName(coach)} watches it` : "Your coach watches it"} and finds the moments that matter.
      Then you choose one small step together, and it appears here.
    </Empty>
  );
}

/** Neither coached nor coaching: somebody who keeps it all running. */
function onlyRuns(me: Me): boolean {
  return !me.is_coachee && !me.is_coach && (me.is_admin || me.is_lead);
}

function Runs({ me }: { me: Me }) {
  return (
    <Empty
      title={me.is_admin ? "Your school is in good hands" : "The library is yours to tend"}
      action={
        me.is_admin ? (
          <Button renderRoot={(props) => <Link to="/school" {...props} />}>People and pairings</Button>
        ) : (
          <Button renderRoot={(props) => <Link to="/steps" {...props} />}>Open the library</Button>
        )
      }
    >
      {me.is_admin
        ? "Add people, and say who coaches whom. Lessons stay between a coachee and their coach: you won’t see them here."
        : "Steps in plain words, each with what to see and hear. Lessons stay between a coachee and their coach, unless they share one with you."}
    </Empty>
  );
}

function greeting(name: string): string {
  const hour = new Date().getHours();
  const part = hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening";
  return `Good ${part}, ${firstName(name)}`;
}
