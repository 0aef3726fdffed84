import { Alert, Button, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { sentence } from "~/api/problem";
import { endToken, makeToken, tokensQuery } from "~/people/api";
import { CopyLink } from "~/people/CopyLink";
import { Card } from "~/shared/Card";
import { Trouble } from "~/shared/Trouble";
import { said } from "~/shared/time";
import classes from "./SettingsPage.module.css";

/** Personal tokens: keys with which a person's own scripts may do what the person may. */
export function Tokens() {
  const client = useQueryClient();
  const tokens = useQuery(tokensQuery);
  const refresh = () => client.invalidateQueries({ queryKey: tokensQuery.queryKey });
  const make = useMutation({ mutationFn: makeToken, onSuccess: refresh });
  const end = useMutation({ mutationFn: endToken, onSuccess: refresh });
  const error = make.error ?? end.error;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    make.mutate(String(new FormData(form).get("name")).trim(), { onSuccess: () => form.reset() });
  };
  return (
    <Card>
      <Title order={2}>Personal tokens</Title>
      <Text c="dimmed" mt={4}>
        For scripts of your own. Whoever holds one can do what you can do.
      </Text>
      {error && (
        <Alert color="red" variant="light" mt="md" role="alert">
          {sentence(error)}
        </Alert>
      )}
      {tokens.isLoadingError && <Trouble error={tokens.error} mt="md" />}
      <form onSubmit={submit} className={classes.add}>
        <TextInput
          className={classes.grow}
          name="name"
          label="What it is for"
          required
          withAsterisk={false}
        />
        <Button type="submit" variant="default" loading={make.isPending}>
          Make
        </Button>
      </form>
      {make.data && (
        <Alert color="leaf" variant="light" mt="md" title="Copy it now: it can’t be shown again">
          <CopyLink label="Token" value={make.data.token} />
        </Alert>
      )}
      <ul className={classes.list}>
        {tokens.data?.map((token) => (
          <li key={token.id}>
            <span>
              {token.name || "Unnamed"}
              <small>{token.last_used_at ? `Last used ${said(token.last_used_at)}` : "Never used"}</small>
            </span>
            <Button variant="subtle" color="red.9" onClick={() => end.mutate(token.id)}>
              Remove
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
