import { Alert, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { sentence } from "~/api/problem";
import { Doorstep } from "~/people/Doorstep";
import { useLogIn } from "~/people/session";

const route = getRouteApi("/login");

export function LoginPage() {
  const { next, expired } = route.useSearch();
  const router = useRouter();
  const logIn = useLogIn();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    logIn.mutate(
      { email: String(form.get("email")).trim(), password: String(form.get("password")) },
      { onSuccess: () => router.history.replace(next ?? "/") },
    );
  };

  return (
    <Doorstep
      title="Log in"
      lead={expired ? undefined : "To your films, your step and the people you work with."}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {expired && !logIn.isError && (
            <Alert color="gray" variant="light" role="status">
              You’ve been away for a while, so we closed the door. Nothing is lost.
            </Alert>
          )}
          {logIn.isError && (
            <Alert color="red" variant="light" role="alert">
              {sentence(logIn.error)}
            </Alert>
          )}
          <TextInput
            name="email"
            type="email"
            label="Email"
            autoComplete="username"
            inputMode="email"
            autoCapitalize="none"
            required
            withAsterisk={false}
          />
          <PasswordInput
            name="password"
            label="Password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ "aria-label": "Show or hide the password" }}
          />
          <Button type="submit" size="lg" mt="xs" loading={logIn.isPending} fullWidth>
            Log in
          </Button>
          <Text c="dimmed">
            Forgotten your password? Whoever looks after Pennydrop in your school can send you a new link.
          </Text>
        </Stack>
      </form>
    </Doorstep>
  );
}
