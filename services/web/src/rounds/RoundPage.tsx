import { Anchor, Button, Skeleton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconArrowLeft, IconColumns2, IconStar, IconStarFilled } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type CSSProperties, Suspense } from "react";
import { isNotFound, sentence } from "~/api/problem";
import type { ActionStep, Round } from "~/api/types";
import { usePollEvery } from "~/app/live";
import { FailedPage, NotFoundPage } from "~/app/ProblemPage";
import { actionStepQuery, threadQuery } from "~/coaching/api";
import { AnotherGo } from "~/coaching/today/AnotherGo";
import { useMe } from "~/people/session";
import { roundQuery, useChangeRound } from "~/rounds/api";
import { Marks } from "~/rounds/Marks";
import { roundName } from "~/rounds/marks";
import { Reflection } from "~/rounds/Reflection";
import { Card } from "~/shared/Card";
import { late } from "~/shared/late";
import { Page } from "~/shared/Page";
import { Quote } from "~/shared/Quote";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";
import { isUnderway } from "~/videos/api";
import { CameBack } from "~/videos/CameBack";
import { Poster } from "~/videos/Poster";
import { stateWords } from "~/videos/words";
import film from "~/watch/player/Film.module.css";
import classes from "./RoundPage.module.css";

// The player is its own file; the page’s words are there before it.
const RoundFilm = late(() => import("~/rounds/RoundFilm"), "RoundFilm");
const route = getRouteApi("/inside/rounds/$id");
const WIDE = 16 / 9;

/** One go, looked at afterwards: the film, what I saw, and what to do next. */
export function RoundPage() {
  const { id } = route.useParams();
  const pollEvery = usePollEvery();
  const round = useQuery({
    ...roundQuery(id),
    refetchInterval: ({ state }) => (state.data?.video && isUnderway(state.data.video) ? pollEvery : false),
  });
  const step = useQuery({
    ...actionStepQuery(round.data?.action_step ?? ""),
    enabled: round.data !== undefined,
  });
  if (isNotFound(round.error) || isNotFound(step.error)) return <NotFoundPage />;
  const error = round.error ?? step.error;
  if (!round.data || !step.data) {
    if (error) return <FailedPage error={error} />;
    return (
      <Page narrow>
        <Skeleton h={480} radius={18} role="status" aria-label="Loading this go" />
      </Page>
    );
  }
  return <One round={round.data} step={step.data} />;
}

function One({ round, step }: { round: Round; step: ActionStep }) {
  const me = useMe();
  const { coachee } = step;
  const name = roundName(round, { coachee, me });
  const mine = coachee.id === me.id;
  return (
    <Page
      title={name}
      lead={`${step.action.charAt(0).toUpperCase()}${step.action.slice(1)} · ${said(round.created_at)}`}
      narrow
    >
      <div className={classes.sections}>
        <Film round={round} />
        {(round.rights.reflect || round.reflection) && (
          <Card>
            <Reflection round={round} whose={firstName(coachee.name)} />
          </Card>
        )}
        <Card aria-labelledby="marks">
          <h2 id="marks" className={classes.heading}>
            {mine && round.kind === "rehearsal" ? "Look at it beside your step" : "What you both saw"}
          </h2>
          <Marks round={round} criteria={step.criteria} coachee={coachee} me={me} />
          {round.feedback && <Quote from="For the next go">{round.feedback}</Quote>}
        </Card>
        <Next round={round} step={step} mine={mine} />
        <Anchor
          className={classes.story}
          renderRoot={(props) => <Link to="/action-steps/$id" params={{ id: step.id }} {...props} />}
        >
          <IconArrowLeft size={20} aria-hidden="true" /> The story of this step
        </Anchor>
      </div>
    </Page>
  );
}

function Film({ round: { video } }: { round: Round }) {
  if (!video) return null;
  const busy = video.state === "uploading" || video.state === "processing";
  const aspect = video.width && video.height ? video.width / video.height : null;
  const plays = Boolean(video.playback.mp4 ?? video.playback.hls);
  return (
    <div>
      {plays ? (
        <Suspense fallback={<FilmComing poster={video.poster} aspect={aspect ?? WIDE} />}>
          <RoundFilm video={video} aspect={aspect} />
        </Suspense>
      ) : (
        <>
          <Poster src={video.poster} durationMs={video.duration_ms} busy={busy} />
          <p className={classes.state} role="status">
            {stateWords(video)}
          </p>
        </>
      )}
      <CameBack video={video.id} />
    </div>
  );
}

/** As large as the film and what moves it will be, so that nothing jumps when they come. */
function FilmComing({ poster, aspect }: { poster: string | null; aspect: number }) {
  return (
    <div className={classes.film}>
      <div className={film.stage} style={{ "--aspect": aspect } as CSSProperties}>
        <div className={film.frame}>{poster && <img className={film.poster} src={poster} alt="" />}</div>
      </div>
      <div className={classes.transport} />
    </div>
  );
}

/** What one does with a go: call it the best, hold it beside the model, go again. */
function Next({ round, step, mine }: { round: Round; step: ActionStep; mine: boolean }) {
  const change = useChangeRound(round.id);
  const { data: thread } = useQuery(threadQuery(step.id));
  const model = thread?.items.findLast(({ place }) => place === "model");
  const isTake = round.kind === "rehearsal" && round.video !== null;
  return (
    <div className={classes.next}>
      {model && isTake && round.video && (
        <Button
          size="lg"
          leftSection={<IconColumns2 size={24} aria-hidden="true" />}
          renderRoot={(props) => (
            <Link
              to="/action-steps/$id/compare"
              params={{ id: step.id }}
              search={{ model: model.video ?? model.clip ?? "", take: round.video?.id ?? "" }}
              {...props}
            />
          )}
        >
          Compare with the model
        </Button>
      )}
      {mine && <AnotherGo step={step} label="Film another go" variant="default" />}
      {isTake && (
        <Button
          size="lg"
          variant={round.is_best ? "light" : "default"}
          leftSection={round.is_best ? <IconStarFilled size={22} /> : <IconStar size={22} />}
          aria-pressed={round.is_best}
          disabled={!round.rights.change}
          onClick={() =>
            change.mutate(
              { is_best: !round.is_best },
              {
                onError: (error) =>
                  notifications.show({
                    color: "red",
                    title: "That wasn’t changed",
                    message: sentence(error),
                  }),
              },
            )
          }
        >
          {round.is_best ? (mine ? "My best take" : "The best take") : "Make it the best take"}
        </Button>
      )}
    </div>
  );
}
