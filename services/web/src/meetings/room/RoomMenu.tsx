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
import { FilmingDialog } from "~/meetings/FilmingDialog";
import type { RoomSettings } from "~/meetings/room/useRoomSettings";
import { useOpensAtOnce } from "~/shared/LateMenu";

interface RoomMenuProps {
  meeting: Meeting;
  me: Me;
  settings: RoomSettings;
}

/** What is rarely wanted in a meeting. */
export function RoomMenu({ meeting, me, settings }: RoomMenuProps) {
  const { button, opened, onChange } = useOpensAtOnce();
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
      <Menu position="bottom-end" width={290} opened={opened} onChange={onChange}>
        <Menu.Target>
          <ActionIcon ref={button} color="gray" aria-label="More about this meeting">
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
      <FilmingDialog meeting={meeting} me={me} opened={asking} onClose={() => setAsking(false)} />
    </>
  );
}
