import { Modal, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { sentence } from "~/api/problem";
import type { Video } from "~/api/types";
import { PersonRow } from "~/people/PersonRow";
import { said } from "~/shared/time";
import { watchesQuery } from "~/videos/api";
import classes from "./dialogs.module.css";

/** Who watched an owner's film, and when. */
export function WatchedDialog({ video, onClose }: { video: Video; onClose: () => void }) {
  const watches = useQuery(watchesQuery(video.id));
  return (
    <Modal opened onClose={onClose} title="Who watched this film">
      {watches.isPending && <Skeleton h={120} />}
      {watches.isError && <Text>{sentence(watches.error)}</Text>}
      {watches.data?.length === 0 && (
        <Text c="dimmed">Nobody yet. When somebody does, you’ll see it here.</Text>
      )}
      <ul className={classes.list}>
        {watches.data?.map((watch) => (
          <PersonRow key={`${watch.person.id}-${watch.started_at}`} name={watch.person.name}>
            <Text c="dimmed">{said(watch.started_at)}</Text>
          </PersonRow>
        ))}
      </ul>
    </Modal>
  );
}
