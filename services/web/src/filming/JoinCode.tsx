import { Alert, Button, Skeleton, Text } from "@mantine/core";
import { IconCheck, IconDeviceMobile, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Suspense } from "react";
import { sentence } from "~/api/problem";
import type { JoinLink } from "~/api/types";
import { usePollEvery } from "~/app/live";
import { type JoinTarget, joinCodeQuery, joinLinkQuery, useEndCode } from "~/filming/api";
import { addressOf, isOnlyHere, validFor } from "~/filming/code";
import { useNow } from "~/filming/useNow";
import { late } from "~/shared/late";
import classes from "./JoinCode.module.css";

const QrCode = late(() => import("~/filming/QrCode"), "QrCode");

/** A code that lets a phone film for this meeting or this step, and what has come from it. */
export function JoinCode(target: JoinTarget) {
  const made = useQuery(joinCodeQuery(target));
  const pollEvery = usePollEvery();
  const { data: link } = useQuery({
    ...joinLinkQuery(made.data?.id ?? ""),
    enabled: made.data !== undefined,
    refetchInterval: pollEvery,
  });
  const end = useEndCode();
  const now = useNow();

  if (made.isError)
    return (
      <Alert color="red" title="No code for a phone just now">
        <p className={classes.line}>{sentence(made.error)}</p>
        <Button variant="default" mt="sm" loading={made.isFetching} onClick={() => void made.refetch()}>
          Try again
        </Button>
      </Alert>
    );
  if (!made.data) return <Skeleton height={300} aria-label="Making a code" />;

  const { url, id } = made.data;
  const expiresAt = link?.expires_at ?? made.data.expires_at;
  const isOpen = (link?.is_open ?? true) && new Date(expiresAt).getTime() > now;
  return (
    <section className={classes.card} aria-label="Film with a phone">
      {isOnlyHere(url) ? (
        <OnlyHere />
      ) : isOpen ? (
        <>
          <div className={classes.code}>
            <Suspense fallback={<Skeleton className={classes.waiting} />}>
              <QrCode text={url} label="The code to scan with a phone" />
            </Suspense>
          </div>
          <div className={classes.words}>
            <strong>Point a phone’s camera at it</strong>
            <Text c="dimmed">Nobody has to log in there. The films come here by themselves.</Text>
            <details className={classes.typed}>
              <summary>It doesn’t scan?</summary>
              <p className={classes.line}>Open this address on the phone:</p>
              <code>{addressOf(url)}</code>
            </details>
            <Text c="dimmed">{validFor(expiresAt, now)}</Text>
            <Button
              variant="subtle"
              className={classes.end}
              loading={end.isPending}
              onClick={() => end.mutate(id)}
            >
              End this code
            </Button>
          </div>
        </>
      ) : (
        <div className={classes.words}>
          <strong>This code has ended</strong>
          <Text c="dimmed">Films that were begun still arrive.</Text>
          <Button
            leftSection={<IconRefresh size={20} />}
            loading={made.isFetching}
            onClick={() => void made.refetch()}
            className={classes.end}
          >
            Make a new one
          </Button>
        </div>
      )}
      <Arrivals films={link?.films ?? []} />
    </section>
  );
}

/** What the phone sends, as it comes. */
function Arrivals({ films }: { films: JoinLink["films"] }) {
  return (
    <ul className={classes.films} aria-live="polite" aria-label="Films from the phone">
      {films.map((film) => (
        <li key={film.id}>
          {film.state === "uploading" ? (
            <>
              <IconDeviceMobile size={22} aria-hidden="true" />
              <span>{film.title} is on its way…</span>
            </>
          ) : (
            <>
              <IconCheck size={22} aria-hidden="true" />
              <span>{film.title} is here.</span>
              {(film.state === "watchable" || film.state === "ready") && (
                <Link to="/videos/$id" params={{ id: film.id }}>
                  Watch
                </Link>
              )}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The address in the code would be the phone's own. */
function OnlyHere() {
  return (
    <div className={classes.words}>
      <strong>A phone can’t reach this Pennydrop yet</strong>
      <Text c="dimmed">
        It was opened as “localhost”, which no other device can open. Whoever looks after Pennydrop can start
        it with the school’s address in <code>PENNYDROP_PUBLIC_URL</code>, or with <code>--host 0.0.0.0</code>{" "}
        to let phones in the same network in. Until then, film with this laptop.
      </Text>
    </div>
  );
}
