import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { Outlet, useMatches, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { onSessionExpired, queryClient } from "~/app/queryClient";
import { darkTheme, theme, variables } from "~/app/theme";
import { meQuery } from "~/people/session";
import { Questions } from "~/shared/ask";

/** Theme and notices around every page, logged in or not. */
export function Root() {
  const dark = useMatches({ select: (matches) => matches.some((match) => match.staticData.dark) });
  const navigate = useNavigate();

  useEffect(
    () =>
      onSessionExpired(() => {
        queryClient.setQueryData(meQuery.queryKey, null);
        const next = window.location.pathname + window.location.search;
        void navigate({ to: "/login", search: { next, expired: true } });
      }),
    [navigate],
  );

  return (
    <MantineProvider
      theme={dark ? darkTheme : theme}
      cssVariablesResolver={variables}
      forceColorScheme={dark ? "dark" : "light"}
    >
      <Notifications position="top-center" />
      <Questions />
      <Outlet />
    </MantineProvider>
  );
}
