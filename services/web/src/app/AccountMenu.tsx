import { UnstyledButton } from "@mantine/core";
import type { ComponentProps } from "react";
import type { Me } from "~/api/types";
import { Face } from "~/shared/Face";
import { LateMenu } from "~/shared/LateMenu";
import { late } from "~/shared/late";
import classes from "./AccountMenu.module.css";

const load = () => import("~/app/AccountItems");
const AccountItems = late(load, "AccountItems");

/** Who I am here, my settings, and the way out. */
export function AccountMenu({ me }: { me: Me }) {
  return (
    <LateMenu
      load={load}
      closed={(props) => <Myself self={me} {...props} />}
      menu={<AccountItems me={me} />}
    />
  );
}

/** The button with my initials. */
export function Myself({ self: me, className = "", ...others }: { self: Me } & ComponentProps<"button">) {
  return (
    <UnstyledButton className={`${classes.me} ${className}`} aria-label={`You: ${me.name}`} {...others}>
      <Face of={me.name} />
      <span className={classes.name}>
        {me.name}
        <small>{me.school.name}</small>
      </span>
    </UnstyledButton>
  );
}
