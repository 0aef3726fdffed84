import { UnstyledButton } from "@mantine/core";
import { type ComponentProps, lazy, Suspense, useState } from "react";
import type { Me } from "~/api/types";
import { initials } from "~/shared/words";
import classes from "./AccountMenu.module.css";

const load = () => import("~/app/AccountItems");
const AccountItems = lazy(() => load().then((file) => ({ default: file.AccountItems })));

/** Who I am here, my settings, and the way out. What opens it comes when somebody is about to open it. */
export function AccountMenu({ me }: { me: Me }) {
  const [asked, setAsked] = useState(false);
  const closed = (
    <Myself
      self={me}
      aria-haspopup="menu"
      aria-expanded={asked}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setAsked(true)}
    />
  );
  if (!asked) return closed;
  return (
    <Suspense fallback={closed}>
      <AccountItems me={me} />
    </Suspense>
  );
}

/** The button with my initials. */
export function Myself({ self: me, ...others }: { self: Me } & ComponentProps<"button">) {
  return (
    <UnstyledButton className={classes.me} aria-label={`You: ${me.name}`} {...others}>
      <span className={classes.face} aria-hidden="true">
        {initials(me.name)}
      </span>
      <span className={classes.name}>
        {me.name}
        <small>{me.school.name}</small>
      </span>
    </UnstyledButton>
  );
}
