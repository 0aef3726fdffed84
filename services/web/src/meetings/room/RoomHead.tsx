import { ActionIcon, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import {
  IconClock,
  IconClockOff,
  IconDoorExit,
  IconDots,
  IconPencil,
  IconVideo,
  IconVideoOff,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { sentence } from "~/api/problem";
import type { Me, Meeting } from "~/api/types";
import { useChangeMeeting } from "~/meetings/api";
import { Filming } from "~/meetings/Filming";
import { Clock } from "~/meetings/room/Clock";
import type { RoomSettings } from "~/meetings/room/useRoomSettings";
import { STAGES, type StageName } from "~/meetings/stages";
import { firstName } from "~/shared/words";
import classes from "./Room.module.css";

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
      <RoomMenu meeting={meeting} me={me} settings={settings} />
    </header>
  );
}

function RoomMenu({ meeting, me, settings }: Pick<RoomHeadProps, "meeting" | "me" | "settings">) {
  const [asking, setAsking] = useState(false);
  const change = useChangeMeeting(meeting.id);
  const { clock, setClock, films, setFilms } = settings;
  const end = () =>
    change.mutate(
      { state: "done" },
      {
        onError: (error) =>
          notifications.show({ color: "red", title: "It goes on", message: sentence(error) }),
      },
    );
  return (
    <>
      <Menu position="bottom-end" width={290}>
        <Menu.Target>
          <ActionIcon color="gray" aria-label="More about this meeting">
            <IconDots size={24} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={films ? <IconVideoOff size={20} /> : <IconVideo size={20} />}
            onClick={() => setFilms(!films)}
          >
            {films ? "No filming today" : "Film rehearsals again"}
          </Menu.Item>
          <Menu.Item
            leftSection={clock ? <IconClockOff size={20} /> : <IconClock size={20} />}
            onClick={() => setClock(!clock)}
          >
            {clock ? "Hide the clock" : "Show the clock"}
          </Menu.Item>
          <Menu.Item leftSection={<IconVideo size={20} />} onClick={() => setAsking(true)}>
            Film the meeting itself
          </Menu.Item>
          {meeting.rights.prepare && (
            <Menu.Item
              leftSection={<IconPencil size={20} />}
              renderRoot={(props) => (
                <Link to="/meetings/$id/prepare" params={{ id: meeting.id }} {...props} />
              )}
            >
              Change what you prepared
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item leftSection={<IconDoorExit size={20} />} onClick={end} disabled={!meeting.rights.run}>
            End the meeting
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Filming meeting={meeting} me={me} opened={asking} onClose={() => setAsking(false)} />
    </>
  );
}
