import { Menu } from "@mantine/core";
import { IconLogout, IconSettings } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { Me } from "~/api/types";
import { Myself } from "~/app/AccountMenu";
import { useLogOut } from "~/people/session";
import { useOpensAtOnce } from "~/shared/LateMenu";

/** The opened menu, and from then on the button that opens it. */
export function AccountItems({ me }: { me: Me }) {
  const { button, opened, onChange } = useOpensAtOnce();
  const navigate = useNavigate();
  const logOut = useLogOut();
  const leave = () => logOut.mutate(undefined, { onSuccess: () => navigate({ to: "/login" }) });
  return (
    <Menu position="top-end" width={240} opened={opened} onChange={onChange}>
      <Menu.Target>
        <Myself ref={button} self={me} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name} · {me.school.name}
        </Menu.Label>
        <Menu.Item leftSection={<IconSettings size={20} />} onClick={() => navigate({ to: "/settings" })}>
          Settings
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={20} />} onClick={leave}>
          Log out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
