import { Menu, UnstyledButton } from "@mantine/core";
import { IconLogout, IconSettings } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { Me } from "~/api/types";
import { useLogOut } from "~/people/session";
import { initials } from "~/shared/words";
import classes from "./AccountMenu.module.css";

/** Who I am here, my settings, and the way out. */
export function AccountMenu({ me }: { me: Me }) {
  const navigate = useNavigate();
  const logOut = useLogOut();
  const leave = () => logOut.mutate(undefined, { onSuccess: () => navigate({ to: "/login" }) });
  return (
    <Menu position="top-end" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.me} aria-label={`You: ${me.name}`}>
          <span className={classes.face} aria-hidden="true">
            {initials(me.name)}
          </span>
          <span className={classes.name}>
            {me.name}
            <small>{me.school.name}</small>
          </span>
        </UnstyledButton>
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
