import { Button, Group, Skeleton, Title } from "@mantine/core";
import { IconVideoPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, useDeferredValue, useState } from "react";
import type { Me, PersonRef } from "~/api/types";
import { NotFoundPage } from "~/app/ProblemPage";
import { clipsQuery } from "~/clips/api";
import { ClipList } from "~/clips/ClipList";
import { actionStepsQuery, presentStep } from "~/coaching/api";
import { StepHistory } from "~/coaching/history/StepHistory";
import { PresentStep } from "~/coaching/PresentStep";
import { SetStepLink } from "~/coaching/SetStepLink";
import { meetingsQuery } from "~/meetings/api";
import { dropInsQuery } from "~/meetings/drop-ins/api";
import { DropInButton } from "~/meetings/drop-ins/DropInButton";
import { DropIns } from "~/meetings/drop-ins/DropIns";
import { forFeedback } from "~/meetings/lists";
import { MeetingList } from "~/meetings/MeetingList";
import { LookTogether } from "~/meetings/observed/LookTogether";
import { PrepareButton } from "~/meetings/prepare/PrepareButton";
import { coachEachOther } from "~/people/reciprocal";
import { useMe } from "~/people/session";
import { Proposals } from "~/proposals/Proposals";
import { Card } from "~/shared/Card";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import { ShowMore } from "~/shared/ShowMore";
import { Trouble } from "~/shared/Trouble";
import { count, firstName } from "~/shared/words";
import { CoacheeContext } from "~/terms/UnmetHint";
import { videosOf } from "~/videos/api";
import { VideoCard } from "~/videos/VideoCard";
import grid from "~/videos/VideosPage.module.css";
import classes from "./CoacheePage.module.css";

const route = getRouteApi("/inside/people/$id");
/** As many as one looks over at a glance; the rest is a press away. */
const FIRST = 6;

/** One of my coachees: the present step first, then what we do together, the films, and what came before. */
export function CoacheePage() {
  const { id } = route.useParams();
  const me = useMe();
  const pair = me.coaches.find((one) => one.person.id === id);
  if (!pair) return <NotFoundPage />;
  const { person, is_coach } = pair;
  return (
    <CoacheeContext value={person}>
      <Coachee key={id} person={person} me={me} alsoCoaches={is_coach} />
    </CoacheeContext>
  );
}

interface CoacheeProps {
  person: PersonRef;
  me: Me;
  /** She coaches others: that can be looked at together too. */
  alsoCoaches: boolean;
}

function Coachee({ person, me, alsoCoaches }: CoacheeProps) {
  const steps = useDeferredValue(useInfiniteQuery(actionStepsQuery(person.id)));
  const videos = useDeferredValue(useInfiniteQuery(videosOf(person.id)));
  const clips = useDeferredValue(useInfiniteQuery(clipsQuery(person.id)));
  const meetings = useDeferredValue(useInfiniteQuery(meetingsQuery(person.id)));
  const visits = useDeferredValue(useInfiniteQuery(dropInsQuery(person.id)));
  const step = presentStep(steps.data);
  const earlier = steps.data?.filter((other) => other.id !== step?.id) ?? [];
  const films = videos.data ?? [];
  const missing = [videos, clips, meetings, visits].find(({ isLoadingError }) => isLoadingError);
  // One trouble is told once: what else may be missing comes with it.
  if (steps.isLoadingError) {
    return (
      <Page title={person.name}>
        <Trouble error={steps.error} />
      </Page>
    );
  }
  return (
    <Page
      title={person.name}
      lead={coachEachOther(me, person.id) ? "You coach each other." : undefined}
      actions={
        <Group gap="sm" className={classes.actions}>
          <DropInButton coachee={person} />
          <PrepareButton
            any
            coachee={person.id}
            lesson={films.find(({ purpose }) => purpose === "lesson")?.id}
          />
          <Button
            variant="default"
            leftSection={<IconVideoPlus size={22} />}
            renderRoot={(props) => <Link to="/film" search={{ for: person.id }} {...props} />}
          >
            Film for {firstName(person.name)}
          </Button>
        </Group>
      }
    >
      <div className={classes.sections}>
        {steps.isPending ? (
          <Skeleton h={260} radius={18} />
        ) : step ? (
          <PresentStep step={step} person={person} />
        ) : (
          <Card>
            <Empty
              title="No step yet"
              action={<SetStepLink person={person} label={`Choose a step for ${firstName(person.name)}`} />}
            >
              Watch a lesson, find the moment, and choose one small step that would change most.
            </Empty>
          </Card>
        )}
        <Some id="meetings" title="Meetings" list={meetings} of={forFeedback(meetings.data)} what="meeting">
          {(shown) => <MeetingList meetings={shown} />}
        </Some>
        <Proposals
          coachee={person.id}
          me={me}
          title={`What ${firstName(person.name)} would like to work on`}
        />
        {alsoCoaches && <LookTogether person={person} />}
        {missing && <Trouble error={missing.error} />}
        <Some id="visits" title="Short visits" list={visits} what="visit">
          {(shown) => <DropIns visits={shown} me={me} />}
        </Some>
        <Some id="films" title="Films" list={videos} what="film">
          {(shown) => (
            <ul className={grid.grid}>
              {shown.map((video) => (
                <VideoCard key={video.id} video={video} me={me} />
              ))}
            </ul>
          )}
        </Some>
        <Some id="clips" title="Clips" list={clips} what="clip">
          {(shown) => <ClipList clips={shown} sets />}
        </Some>
        <Some id="earlier" title="Earlier steps" list={steps} of={earlier} what="step">
          {(shown) => <StepHistory steps={shown} />}
        </Some>
      </div>
    </Page>
  );
}

interface SomeProps<T> {
  id: string;
  title: string;
  list: Listed<T>;
  /** Which of them are shown here, where that isn’t all. */
  of?: T[];
  what: string;
  children: (shown: T[]) => ReactNode;
}

/** A list that comes a page at a time. */
interface Listed<T> {
  data: T[] | undefined;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/** The newest few of a list, and the others when somebody asks for them. */
function Some<T>({ id, title, list, of = list.data ?? [], what, children }: SomeProps<T>) {
  const [all, setAll] = useState(false);
  if (of.length === 0 && !list.hasNextPage) return null;
  const more = all ? 0 : Math.max(0, of.length - FIRST);
  return (
    <section aria-labelledby={id}>
      <Title order={2} id={id} mb="md">
        {title}
      </Title>
      {children(more > 0 ? of.slice(0, FIRST) : of)}
      {more > 0 && (
        <Button variant="subtle" mt="sm" ml="-md" onClick={() => setAll(true)}>
          {list.hasNextPage ? `More ${what}s` : count(more, `more ${what}`)}
        </Button>
      )}
      {more === 0 && <ShowMore list={list}>Show earlier {what}s</ShowMore>}
    </section>
  );
}
