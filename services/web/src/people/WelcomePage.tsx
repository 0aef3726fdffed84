import { Alert, Button, PasswordInput, Skeleton, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { Problem, sentence } from "~/api/problem";
import { queryClient } from "~/app/queryClient";
import { acceptInvitation, invitationQuery } from "~/people/api";
import { Doorstep } from "~/people/Doorstep";

const route = getRouteApi("/welcome/$token");
const SHORTEST_PASSWORD = 10;

/** Where an invitation's link leads: choose how you are called and a password, and you are in. */
export function WelcomePage() {
  const { token } = route.useParams();
  const invitation = useQuery(invitationQuery(token));
  const navigate = useNavigate();
  const accept = useMutation({
    mutationKey: ["session"],
    mutationFn: (answer: { name: string; password: string }) => acceptInvitation(token, answer),
    onSuccess: () => {
      queryClient.clear();
      return navigate({ to: "/", replace: true });
    },
  });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    accept.mutate({ name: String(form.get("name")).trim(), password: String(form.get("password")) });
  };

  if (invitation.isError) {
    // What the server has decided won’t change by asking again; all else may.
    const ended = invitation.error instanceof Problem && invitation.error.status < 500;
    if (!ended) {
      return (
        <Doorstep title="That didn’t work" lead={sentence(invitation.error)}>
          <Button mt="lg" onClick={() => void invitation.refetch()}>
            Try again
          </Button>
        </Doorstep>
      );
    }
    return (
      <Doorstep title="This link doesn’t open" lead={sentence(invitation.error)}>
        <Button mt="lg" renderRoot={(props) => <Link to="/login" {...props} />}>
          Log in
        </Button>
      </Doorstep>
    );
  }
  if (!invitation.data) {
    return (
      <Doorstep title="Welcome">
        <Skeleton h={220} mt="xl" />
      </Doorstep>
    );
  }
  return (
    <Doorstep title="Welcome" lead={`You’ve been invited to ${invitation.data.school.name}.`}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {accept.isError && (
            <Alert color="red" variant="light" role="alert">
              {sentence(accept.error)}
            </Alert>
          )}
          <TextInput label="Email" value={invitation.data.email} readOnly autoComplete="username" />
          <TextInput
            name="name"
            label="Your name"
            description="As the people you work with say it."
            defaultValue={invitation.data.name}
            autoComplete="name"
            required
            withAsterisk={false}
          />
          <PasswordInput
            name="password"
            label="Choose a password"
            description={`At least ${SHORTEST_PASSWORD} characters. Three unusual words work well.`}
            autoComplete="new-password"
            minLength={SHORTEST_PASSWORD}
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ "aria-label": "Show or hide the password" }}
          />
          <Button type="submit" size="lg" mt="xs" loading={accept.isPending} fullWidth>
            Come in
          </Button>
        </Stack>
      </form>
    </Doorstep>
  );
}
