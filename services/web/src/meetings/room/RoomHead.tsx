import { ActionIcon } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { Me, Meeting } from "~/api/types";
import { Clock } from "~/meetings/room/Clock";
import type { RoomSettings } from "~/meetings/room/useRoomSettings";
import { STAGES, type StageName } from "~/meetings/stages";
import { LateMenu } from "~/shared/LateMenu";
import { late } from "~/shared/late";
import { firstName } from "~/shared/words";
import classes from "./Room.module.css";

const loadMenu = () => import("~/meetings/room/RoomMenu");
const RoomMenu = late(loadMenu, "RoomMenu");

interface RoomHeadProps {
  meeting: Meeting;
  me: Me;
  stage: StageName;
  settings: RoomSettings;
  onStage: (stage: StageName) => void;
}

/** The five stages across the top, the gentle clock, and what is rarely wanted. */
export function RoomHead({ meeting, me, stage, settings, onStage }: RoomHeadProps) {
  const other = meeting.coach.id === me.id ? meeting.coachee : meeting.coach;
  return (
    <header className={classes.head}>
      <h1 className="visually-hidden">Meeting with {firstName(other.name)}</h1>
      <nav aria-label="Stages" className={classes.stages}>
        <ol>
          {STAGES.map(({ name, label }, place) => (
            <li key={name}>
              <button
                type="button"
                className={classes.tab}
                aria-current={name === stage ? "step" : undefined}
                aria-keyshortcuts={String(place + 1)}
                onClick={() => onStage(name)}
              >
                <b>{place + 1}</b>
                <span>{label}</span>
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <p className={classes.open} aria-hidden="true">
        {STAGES.find(({ name }) => name === stage)?.label}
      </p>
      {settings.clock && meeting.started_at && <Clock startedAt={meeting.started_at} />}
      <LateMenu
        load={loadMenu}
        closed={(props) => (
          <ActionIcon color="gray" aria-label="More about this meeting" {...props}>
            <IconDots size={24} />
          </ActionIcon>
        )}
        menu={<RoomMenu meeting={meeting} me={me} settings={settings} />}
      />
    </header>
  );
}
