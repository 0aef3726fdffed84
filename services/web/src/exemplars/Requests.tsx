import { Alert, Button, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Link } from "@tanstack/react-router";
import { sentence } from "~/api/problem";
import type { PermissionRequest } from "~/api/types";
import { type Decision, useDecide } from "~/exemplars/api";
import { firstName } from "~/shared/words";
import { Poster } from "~/videos/Poster";
import classes from "./Requests.module.css";

/** What others would like to show of me: warmly asked, easily declined. */
export function Requests({ requests }: { requests: PermissionRequest[] }) {
  return requests.map((request) => <Request key={request.id} request={request} />);
}

type Answer = Extract<Decision, "permit" | "decline">;

function Request({ request }: { request: PermissionRequest }) {
  const decide = useDecide(request.kind);
  const who = firstName(request.by.name);
  const isSaying = (decision: Answer) => decide.isPending && decide.variables.decision === decision;
  const answer = (decision: Answer) =>
    decide.mutate(
      { id: request.id, decision },
      {
        onSuccess: () =>
          notifications.show({
            message:
              decision === "permit"
                ? "Thank you. You can take it back at any time, in the film’s menu."
                : "That’s fine. Nobody will ask you about this again.",
          }),
      },
    );
  const search = request.clip ? { clip: request.clip } : {};
  return (
    <section className={classes.request} aria-labelledby={`request-${request.id}`}>
      <Link to="/videos/$id" params={{ id: request.video }} search={search} className={classes.picture}>
        <Poster src={request.poster} />
        <span className="visually-hidden">Watch “{request.title}”</span>
      </Link>
      <div className={classes.words}>
        <Title order={2} id={`request-${request.id}`}>
          {who} would love to show others what you did
        </Title>
        <p>{askingWords(request)}</p>
        <p className={classes.promise}>{promiseWords(request)}</p>
        {decide.error && (
          <Alert color="red" variant="light" role="alert">
            {sentence(decide.error)}
          </Alert>
        )}
        <div className={classes.answers}>
          <Button onClick={() => answer("permit")} loading={isSaying("permit")} disabled={decide.isPending}>
            Yes, you may
          </Button>
          <Button
            variant="default"
            onClick={() => answer("decline")}
            loading={isSaying("decline")}
            disabled={decide.isPending}
          >
            No, thank you
          </Button>
        </div>
      </div>
    </section>
  );
}

function askingWords({ kind, title, shows }: PermissionRequest): string {
  return kind === "exemplar"
    ? `“${title}” is a good model of this step: ${shows}.`
    : `“${title}” shows well what we mean by “${shows}”.`;
}

function promiseWords({ kind, clip }: PermissionRequest): string {
  const what = clip ? "this clip" : "this film";
  const whom = kind === "exemplar" ? "your trust" : "your school";
  return `If you say yes, those who lead coaching watch it, and may let everybody in ${whom} watch ${what}. Nobody sees what was said about it. You can take it back at any time.`;
}
