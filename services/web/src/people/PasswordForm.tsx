import { Alert, Button, PasswordInput, Stack, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { sentence } from "~/api/problem";
import { changePassword } from "~/people/api";
import { Card } from "~/shared/Card";

const TOGGLE = { "aria-label": "Show or hide the password" };

export function PasswordForm() {
  const change = useMutation({ mutationKey: ["session"], mutationFn: changePassword });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = new FormData(form);
    change.mutate(
      { present: String(values.get("present")), new: String(values.get("new")) },
      {
        onSuccess: () => {
          form.reset();
          notifications.show({ message: "Your new password holds. Other browsers are logged out." });
        },
      },
    );
  };
  return (
    <Card>
      <Title order={2}>Password</Title>
      <form onSubmit={submit}>
        <Stack mt="sm">
          {change.isError && (
            <Alert color="red" variant="light" role="alert">
              {sentence(change.error)}
            </Alert>
          )}
          <PasswordInput
            name="present"
            label="Current password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={TOGGLE}
          />
          <PasswordInput
            name="new"
            label="New password"
            description="At least 10 characters. Three unusual words work well."
            autoComplete="new-password"
            minLength={10}
            required
            withAsterisk={false}
            visibilityToggleButtonProps={TOGGLE}
          />
          <Button
            type="submit"
            variant="default"
            loading={change.isPending}
            style={{ alignSelf: "flex-start" }}
          >
            Change the password
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
