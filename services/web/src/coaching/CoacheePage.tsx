import { Alert, Button, NativeSelect, Skeleton, Title } from "@mantine/core";
import { IconTarget, IconVideoPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { sentence } from "~/api/problem";
import type { ActionStep, Me, PersonRef } from "~/api/types";
import { NotFoundPage } from "~/app/ProblemPage";
import { clipsQuery } from "~/clips/api";
import { ClipList } from "~/clips/ClipList";
import { actionStepsQuery, presentStep, STATE_WORDS, useChangeStep } from "~/coaching/api";
import { Wording } from "~/coaching/Wording";
import { useMe } from "~/people/session";
import { Card } from "~/shared/Card";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";
import { videosQuery } from "~/videos/api";
import { VideoCard } from "~/videos/VideoCard";
import grid from "~/videos/VideosPage.module.css";
import classes from "./CoacheePage.module.css";

const route = getRouteApi("/inside/people/$id");

/** One of my coachees: the present step, the films and the clips, and what came before. */
export function CoacheePage() {
  const { id } = route.useParams();
  const me = useMe();
  const person = me.coaches.find((pair) => pair.person.id === id)?.person;
  if (!person) return <NotFoundPage />;
  return <Coachee person={person} me={me} />;
}

function Coachee({ person, me }: { person: PersonRef; me: Me }) {
  const steps = useQuery(actionStepsQuery(person.id));
  const videos = useQuery(videosQuery);
  const clips = useQuery(clipsQuery(person.id));
  const step = presentStep(steps.data);
  const earlier = steps.data?.filter((other) => other.id !== step?.id) ?? [];
  const films = videos.data?.filter((video) => video.owner.id === person.id) ?? [];
  return (
    <Page
      title={person.name}
      actions={
        <Button
          variant="default"
          leftSection={<IconVideoPlus size={22} />}
          renderRoot={(props) => <Link to="/film" search={{ for: person.id }} {...props} />}
        >
          Film for {firstName(person.name)}
        </Button>
      }
    >
      <div className={classes.sections}>
        {steps.isPending ? (
          <Skeleton h={260} radius={18} />
        ) : steps.isError ? (
          <Alert color="red" variant="light" role="alert">
            {sentence(steps.error)}
          </Alert>
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
        {films.length > 0 && (
          <section aria-labelledby="films">
            <Title order={2} id="films" mb="md">
              Films
            </Title>
            <ul className={grid.grid}>
              {films.map((video) => (
                <VideoCard key={video.id} video={video} me={me} />
              ))}
            </ul>
          </section>
        )}
        {clips.data && clips.data.length > 0 && (
          <section aria-labelledby="clips">
            <Title order={2} id="clips" mb="md">
              Clips
            </Title>
            <ClipList clips={clips.data} />
          </section>
        )}
        {earlier.length > 0 && (
          <section aria-labelledby="earlier">
            <Title order={2} id="earlier" mb="xs">
              Earlier steps
            </Title>
            <ul className={classes.earlier}>
              {earlier.map((old) => (
                <li key={old.id}>
                  <span>
                    <Wording goal={old.goal} action={old.action} />
                  </span>
                  <small>
                    {STATE_WORDS[old.state]} · set {said(old.created_at)}
                  </small>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Page>
  );
}

function PresentStep({ step, person }: { step: ActionStep; person: PersonRef }) {
  const change = useChangeStep(step.id);
  return (
    <Card aria-labelledby="present-step">
      <p className={classes.label}>Present step, set {said(step.created_at)}</p>
      <Title order={2} id="present-step" className={classes.wording}>
        <Wording goal={step.goal} action={step.action} />
      </Title>
      {step.why && <p className={classes.why}>{step.why}</p>}
      <ul className={classes.criteria}>
        {step.criteria.map((criterion) => (
          <li key={criterion.id}>{criterion.text}</li>
        ))}
      </ul>
      <div className={classes.foot}>
        <NativeSelect
          label="How it’s going"
          value={step.state}
          onChange={(event) => change.mutate({ state: event.currentTarget.value as ActionStep["state"] })}
          data={Object.entries(STATE_WORDS).map(([value, label]) => ({ value, label }))}
        />
        <SetStepLink person={person} label="Set the next step" quiet />
      </div>
    </Card>
  );
}

function SetStepLink({
  person,
  label,
  quiet = false,
}: {
  person: PersonRef;
  label: string;
  quiet?: boolean;
}) {
  return (
    <Button
      variant={quiet ? "default" : "filled"}
      leftSection={<IconTarget size={22} />}
      renderRoot={(props) => <Link to="/people/$id/step" params={{ id: person.id }} {...props} />}
    >
      {label}
    </Button>
  );
}
