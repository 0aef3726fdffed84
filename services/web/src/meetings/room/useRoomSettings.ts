import { useLocalStorage } from "@mantine/hooks";

/** What this screen shows of a meeting: nobody else’s business, and kept on this device. */
export function useRoomSettings(meeting: string) {
  const [clock, setClock] = useLocalStorage({
    key: "pennydrop.meeting.clock",
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const [films, setFilms] = useLocalStorage({
    key: `pennydrop.meeting.${meeting}.films`,
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  return { clock, setClock, films, setFilms };
}

export type RoomSettings = ReturnType<typeof useRoomSettings>;
