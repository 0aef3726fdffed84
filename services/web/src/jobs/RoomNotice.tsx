import { Alert } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { nearlyFullWords } from "~/jobs/words";
import { size } from "~/shared/time";

const LOOK_AGAIN_MS = 60_000;

const roomQuery = queryOptions({
  queryKey: ["room"],
  queryFn: () => ok(api.GET("/api/v1/reports/room")),
  staleTime: LOOK_AGAIN_MS,
});

/** Says to administrators that room for films is nearly gone; nothing while there is enough. */
export function RoomNotice() {
  const { data: room } = useQuery(roomQuery);
  if (!room || (room.disk === "fine" && room.nearly_full.length === 0)) return null;
  return (
    <>
      {room.disk === "low" && (
        <Alert title="The disk is nearly full" mb="lg">
          There is room for {size(room.left ?? 0)} more of films. Make some, or ask people to delete films
          they no longer need, before uploads are turned away.
        </Alert>
      )}
      {room.disk === "full" && (
        <Alert color="red" variant="light" role="alert" title="The disk is full" mb="lg">
          New films are turned away. What is there is safe, and films stay on people’s phones; uploads go on
          by themselves once there is room on the server.
        </Alert>
      )}
      {room.nearly_full.length > 0 && (
        <Alert title="Somebody’s room is nearly used up" mb="lg">
          {nearlyFullWords(room)}
        </Alert>
      )}
    </>
  );
}
