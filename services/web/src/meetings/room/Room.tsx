import { Button, Skeleton } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { type ReactNode, Suspense } from "react";
import type { Me, Meeting } from "~/api/types";
import { AgreeStage } from "~/meetings/room/AgreeStage";
import { ModelStage } from "~/meetings/room/ModelStage";
import { RehearseStage } from "~/meetings/room/RehearseStage";
import { RoomHead } from "~/meetings/room/RoomHead";
import { useRoomSettings } from "~/meetings/room/useRoomSettings";
import { useStage } from "~/meetings/room/useStage";
import { WatchStage } from "~/meetings/room/WatchStage";
import { roundsOf, STAGES, type StageName } from "~/meetings/stages";
import { useRoomKeys } from "~/meetings/useRoomKeys";
import { late } from "~/shared/late";
import { firstName } from "~/shared/words";
import classes from "./Room.module.css";

// Half an hour away when the room opens.
const PlanStage = late(() => import("~/meetings/room/PlanStage"), "PlanStage");

export interface StageProps {
  meeting: Meeting;
  me: Me;
  /** Whoever films wants a camera; whoever doesn’t never sees one. */
  films: boolean;
  go: (stage: StageName) => void;
}

/** The meeting itself: five stages, one open, on a laptop between two people. */
export function Room({ meeting, me }: { meeting: Meeting; me: Me }) {
  const isCoach = meeting.coach.id === me.id;
  const { stage, held, shown, go, show } = useStage(meeting, isCoach);
  const settings = useRoomSettings(meeting.id);
  const leave = (next: StageName) => void go(next);
  useRoomKeys(Object.fromEntries(STAGES.map(({ name }, place) => [String(place + 1), () => leave(name)])));
  const all = { meeting, me, films: settings.films, go: leave };
  const next = STAGES[STAGES.findIndex(({ name }) => name === stage) + 1];
  return (
    <div className={classes.room}>
      <RoomHead meeting={meeting} me={me} stage={stage} settings={settings} onStage={leave} />
      {held !== stage && !isCoach && (
        <p className={classes.elsewhere} role="status">
          {firstName(meeting.coach.name)} is at “{STAGES.find(({ name }) => name === held)?.label}”.{" "}
          <Button variant="subtle" onClick={() => leave(held)}>
            Go there
          </Button>
        </p>
      )}
      <div className={classes.stage}>
        {stage === "watch" && <WatchStage {...all} shown={shown} onShow={(id) => void show(id)} />}
        {stage === "step" && <AgreeStage {...all} shown={shown} />}
        {stage === "model" && <ModelStage {...all} />}
        {stage === "rehearse" && <RehearseStage {...all} />}
        {stage === "plan" && (
          <Suspense fallback={<Skeleton h={320} radius={18} />}>
            <PlanStage {...all} />
          </Suspense>
        )}
      </div>
      {next && isCoach && (
        <div className={classes.onward}>
          <Button
            size="lg"
            variant={isDone(meeting, stage, shown?.clip.id) ? "filled" : "default"}
            rightSection={<IconArrowRight size={22} />}
            onClick={() => leave(next.name)}
          >
            {next.label}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Whether the stage has what the next one needs: then the way on is the green one. */
function isDone(meeting: Meeting, stage: StageName, shown: string | undefined): boolean {
  if (stage === "step") return meeting.action_step !== null;
  if (stage === "model") return roundsOf(meeting, "model").length > 0;
  return stage === "watch" && (!shown || shown === meeting.clips.at(-1)?.clip.id);
}

/** What two people look at, and beside it what they talk about. */
export function Sides({ main, beside }: { main: ReactNode; beside: ReactNode }) {
  return (
    <div className={classes.sides}>
      <div className={classes.main}>{main}</div>
      <div className={classes.beside}>{beside}</div>
    </div>
  );
}
