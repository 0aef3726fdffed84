import { Button, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { PasswordForm } from "~/people/PasswordForm";
import { useLogOut, useMe } from "~/people/session";
import { Tokens } from "~/people/Tokens";
import { Card } from "~/shared/Card";
import { Page } from "~/shared/Page";
import classes from "./SettingsPage.module.css";

export function SettingsPage() {
  const me = useMe();
  const navigate = useNavigate();
  const logOut = useLogOut();
  return (
    <Page title="Settings" narrow>
      <div className={classes.sections}>
        <Card>
          <Title order={2}>{me.name}</Title>
          <p className={classes.who}>
            {me.email} · {me.school.name}
          </p>
          <Button
            variant="default"
            mt="md"
            loading={logOut.isPending}
            onClick={() => logOut.mutate(undefined, { onSuccess: () => navigate({ to: "/login" }) })}
          >
            Log out
          </Button>
        </Card>
        <PasswordForm />
        <Tokens />
      </div>
    </Page>
  );
}
