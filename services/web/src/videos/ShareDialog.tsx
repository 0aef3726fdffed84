import { ActionIcon, Alert, Button, Group, Modal, Skeleton, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentence } from "~/api/problem";
import type { Me, Person, Video } from "~/api/types";
import { PersonRow } from "~/people/PersonRow";
import { PersonSelect } from "~/people/PersonSelect";
import { sharesQuery, useShares } from "~/videos/api";
import classes from "./dialogs.module.css";

/** Let somebody watch one film, and take it back. */
export function ShareDialog({ video, me, onClose }: { video: Video; me: Me; onClose: () => void }) {
  const shares = useQuery(sharesQuery(video.id));
  const { share, takeBack } = useShares(video.id);
  const [person, setPerson] = useState<Person | null>(null);
  const already = new Set([me.id, ...(shares.data ?? []).map((one) => one.person.id)]);
  const error = share.error ?? takeBack.error ?? shares.error;

  return (
    <Modal opened onClose={onClose} title="Share this film">
      <Text c="dimmed">
        Your coach can always watch it. Anybody else only if you share it here, until you take it back.
      </Text>
      {error && (
        <Alert color="red" variant="light" mt="md" role="alert">
          {sentence(error)}
        </Alert>
      )}
      <Group mt="lg" align="flex-end" wrap="nowrap">
        <PersonSelect
          className={classes.grow}
          label="Person"
          placeholder="Start typing a name"
          chosen={person}
          onChoose={setPerson}
          except={already}
        />
        <Button
          disabled={!person}
          loading={share.isPending}
          onClick={() => person && share.mutate(person.id, { onSuccess: () => setPerson(null) })}
        >
          Share
        </Button>
      </Group>
      {shares.isPending && <Skeleton h={56} mt="lg" />}
      <ul className={classes.list}>
        {shares.data?.map((one) => (
          <PersonRow key={one.person.id} name={one.person.name}>
            <ActionIcon
              color="gray"
              aria-label={`Stop sharing with ${one.person.name}`}
              onClick={() => takeBack.mutate(one.person.id)}
            >
              <IconX size={22} />
            </ActionIcon>
          </PersonRow>
        ))}
      </ul>
    </Modal>
  );
}
