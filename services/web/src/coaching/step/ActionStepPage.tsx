import { Button, Title } from "@mantine/core";
import { IconArrowLeft, IconVideoPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useDeferredValue } from "react";
import { isNotFound } from "~/api/problem";
import type { ActionStep } from "~/api/types";
import { PagePlaceholder } from "~/app/PagePlaceholder";
import { FailedPage, NotFoundPage } from "~/app/ProblemPage";
import { actionStepQuery, threadQuery } from "~/coaching/api";
import { CriteriaEvidence } from "~/coaching/evidence/CriteriaEvidence";
import { FromLibrary } from "~/coaching/step/FromLibrary";
import { HowItGoes } from "~/coaching/step/HowItGoes";
import { NextVisit } from "~/coaching/step/NextVisit";
import { StepRounds } from "~/coaching/step/StepRounds";
import { ThreadStrip } from "~/coaching/thread/ThreadStrip";
import { Wording } from "~/coaching/Wording";
import { useMe } from "~/people/session";
import { ProposalBehind } from "~/proposals/Proposals";
import { ProposeButton } from "~/proposals/ProposeButton";
import { Page, useTitle } from "~/shared/Page";
import { Quote } from "~/shared/Quote";
import { firstName } from "~/shared/words";
import { TermText } from "~/terms/TermText";
import { CoacheeContext } from "~/terms/UnmetHint";
import classes from "./ActionStepPage.module.css";

const route = getRouteApi("/inside/action-steps/$id");

/** One step of one person: its words, its story on film, what shows how it goes, and what comes next. */
export function ActionStepPage() {
  const { id } = route.useParams();
  // Drawn piece by piece when it comes: a slow phone goes on hearing a thumb.
  const { data: step, error } = useDeferredValue(useQuery(actionStepQuery(id)));
  useTitle(step?.wording);
  if (isNotFound(error)) return <NotFoundPage />;
  if (!step && error) return <FailedPage error={error} />;
  if (!step) return <PagePlaceholder />;
  return (
    <CoacheeContext value={step.coachee}>
      <OneStep step={step} />
    </CoacheeContext>
  );
}

function OneStep({ step }: { step: ActionStep }) {
  const me = useMe();
  const mine = step.coachee.id === me.id;
  return (
    <Page>
      <WayBack step={step} mine={mine} />
      <header className={classes.head}>
        <Title order={1} className={classes.wording}>
          <Wording goal={step.goal} action={step.action} />
        </Title>
        {step.why && (
          <Quote from={step.set_by.id === me.id ? "You" : firstName(step.set_by.name)}>
            <TermText text={step.why} />
          </Quote>
        )}
        {mine && step.state !== "mastered" && (
          <Button
            size="lg"
            mt="lg"
            leftSection={<IconVideoPlus size={24} />}
            renderRoot={(props) => <Link to="/film" search={{ step: step.id }} {...props} />}
          >
            Film another go
          </Button>
        )}
      </header>
      <section className={classes.story} aria-labelledby="story">
        <Title order={2} id="story" mb="sm">
          Its story
        </Title>
        <ThreadStrip step={step} />
        <SideBySide step={step.id} />
      </section>
      <div className={classes.columns}>
        <CriteriaEvidence step={step} />
        <aside className={classes.side}>
          <HowItGoes step={step} />
          <NextVisit step={step} mine={mine} />
          <FromLibrary step={step} />
        </aside>
      </div>
      <StepRounds step={step} me={me} />
      <div className={classes.story}>
        <ProposalBehind step={step.id} coachee={step.coachee.id} me={me} />
      </div>
      {mine && (
        <ProposeButton mt="xl" variant="subtle" ml="-md">
          I’d rather work on something else
        </ProposeButton>
      )}
    </Page>
  );
}

/** Once there is something to hold against something else. */
function SideBySide({ step }: { step: string }) {
  const { data } = useQuery(threadQuery(step));
  const films = data?.items.filter(({ place, playback }) => {
    return (place === "model" || place === "take") && (playback.mp4 || playback.hls);
  });
  if (!films?.some(({ place }) => place === "take") || films.length < 2) return null;
  return (
    <Link to="/action-steps/$id/compare" params={{ id: step }} className={classes.back}>
      Watch model and take side by side
    </Link>
  );
}

function WayBack({ step, mine }: { step: ActionStep; mine: boolean }) {
  if (mine) {
    return (
      <Link to="/action-steps" className={classes.back}>
        <IconArrowLeft size={20} aria-hidden="true" /> All my steps
      </Link>
    );
  }
  return (
    <Link to="/people/$id" params={{ id: step.coachee.id }} className={classes.back}>
      <IconArrowLeft size={20} aria-hidden="true" /> {step.coachee.name}
    </Link>
  );
}
