import { ActionIcon, Menu, Modal, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDoor, IconDots, IconLink, IconStar } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { keys } from "~/api/keys";
import { sentence } from "~/api/problem";
import type { Person } from "~/api/types";
import { changePerson, renewInvitation } from "~/people/api";
import { CopyLink } from "~/people/CopyLink";
import { ask } from "~/shared/ask";
import { useWayBack } from "~/shared/useWayBack";
import { firstName } from "~/shared/words";

/** What an administrator can do for one account. */
export function PersonMenu({ person }: { person: Person }) {
  const client = useQueryClient();
  const complain = (error: Error) => notifications.show({ message: sentence(error), color: "red" });
  const change = useMutation({
    mutationFn: (body: Parameters<typeof changePerson>[1]) => changePerson(person.id, body),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.people }),
    onError: complain,
  });
  const link = useMutation({ mutationFn: () => renewInvitation(person.id), onError: complain });
  const { button, goBack } = useWayBack();
  const name = firstName(person.name);
  const leads = person.leads?.map(({ id }) => id) ?? [];
  const leadsHere = leads.includes(person.school.id);

  const closeLink = () => {
    link.reset();
    goBack();
  };
  const close = async () => {
    const sure = await ask({
      title: `Close ${person.name}’s account?`,
      detail: `${name} can no longer log in. Their films stay theirs, and you can open the account again.`,
      yes: "Close the account",
      no: "Leave it open",
      grave: true,
    });
    if (sure) change.mutate({ disabled: true });
    goBack();
  };

  return (
    <>
      <Menu position="bottom-end" width={270}>
        <Menu.Target>
          <ActionIcon ref={button} color="gray" aria-label={`More about ${person.name}`}>
            <IconDots size={24} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={20} />} onClick={() => link.mutate()}>
            New link to log in
          </Menu.Item>
          <Menu.Item
            leftSection={<IconStar size={20} />}
            onClick={() =>
              change.mutate({
                leads: leadsHere
                  ? leads.filter((school) => school !== person.school.id)
                  : [...leads, person.school.id],
              })
            }
          >
            {leadsHere ? "No longer leads coaching" : "Leads coaching here"}
          </Menu.Item>
          {person.disabled ? (
            <Menu.Item
              leftSection={<IconDoor size={20} />}
              onClick={() => change.mutate({ disabled: false })}
            >
              Open the account again
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconDoor size={20} />} color="red.9" onClick={close}>
              Close the account
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={link.isSuccess} onClose={closeLink} title={`A link for ${name}`}>
        <Text c="dimmed" mb="md">
          Send it to {name} only. It works once, and can’t be shown again.
        </Text>
        {link.data && <CopyLink label="Link" value={link.data.url} />}
      </Modal>
    </>
  );
}
