import { MantineProvider } from "@mantine/core";
import { useNotifications } from "@mantine/notifications";
import { Outlet, useMatches, useNavigate } from "@tanstack/react-router";
import { Suspense, useDeferredValue, useEffect, useState } from "react";
import { onSessionExpired, queryClient } from "~/app/queryClient";
import { darkTheme, theme, variables } from "~/app/theme";
import { Questions } from "~/shared/ask";
import { late } from "~/shared/late";

const Notices = late(() => import("~/app/Notices"), "Notices");

/** Theme and notices around every page, logged in or not. */
export function Root() {
  const dark = useMatches({ select: (matches) => matches.some((match) => match.staticData.dark) });
  const navigate = useNavigate();
  // What is inside is drawn piece by piece, so that a slow phone hears a thumb in between.
  const opens = useDeferredValue(true, false);

  useEffect(
    () =>
      onSessionExpired(() => {
        const { pathname, search } = window.location;
        if (pathname === "/login") return;
        // Only once the pages of the person have gone may what they show be forgotten.
        void navigate({ to: "/login", search: { next: pathname + search, expired: true } }).then(() =>
          queryClient.clear(),
        );
      }),
    [navigate],
  );

  return (
    <MantineProvider
      theme={dark ? darkTheme : theme}
      cssVariablesResolver={variables}
      forceColorScheme={dark ? "dark" : "light"}
    >
      <FirstNotice />
      <Questions />
      {opens && <Outlet />}
    </MantineProvider>
  );
}

/** Nothing until there is something to say; from then on whatever shows it. */
function FirstNotice() {
  const { notifications } = useNotifications();
  const [said, setSaid] = useState(false);
  if (!said && notifications.length > 0) setSaid(true);
  return said ? (
    <Suspense fallback={null}>
      <Notices />
    </Suspense>
  ) : null;
}
