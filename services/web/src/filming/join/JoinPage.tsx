import { Button, Text, Title } from "@mantine/core";
import { IconVideo } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useEffect, useState } from "react";
import { Problem } from "~/api/problem";
import type { JoinedTo } from "~/api/types";
import { Wording } from "~/coaching/Wording";
import { joinedQuery } from "~/filming/api";
import { validFor } from "~/filming/code";
import { JoinedFilms } from "~/filming/join/JoinedFilms";
import { joinedUploader } from "~/filming/join/joined";
import { NoCode } from "~/filming/join/NoCode";
import { takeSecret } from "~/filming/join/secret";
import { useCanFilm } from "~/filming/useCanFilm";
import { useNow } from "~/filming/useNow";
import { late } from "~/shared/late";
import { useTitle } from "~/shared/Page";
import { Penny } from "~/shared/Penny";
import { firstName } from "~/shared/words";
import { FileInput } from "~/uploads/FileInput";
import type { Wishes } from "~/uploads/upload";
import { useUploadsOf } from "~/uploads/useUploads";
import classes from "./JoinPage.module.css";

const FilmWith = late(() => import("~/filming/FilmHere"), "FilmWith");

const WISHES: Wishes = { purpose: "rehearsal" };

/** What a phone shows that scanned the code on a laptop: one thing to do. */
export function JoinPage() {
  useTitle("Film");
  const [secret, setSecret] = useState(takeSecret);
  useEffect(() => {
    const scanned = () => setSecret(takeSecret());
    window.addEventListener("hashchange", scanned);
    return () => window.removeEventListener("hashchange", scanned);
  }, []);
  const uploader = joinedUploader();
  const films = useUploadsOf(uploader);
  const joined = useQuery({
    ...joinedQuery(secret ?? ""),
    enabled: secret !== undefined,
    refetchInterval: 60_000,
  });
  const over = joined.error instanceof Problem && joined.error.status < 500;

  return (
    <main className={classes.page} id="content">
      <div className={classes.brand}>
        <Penny size={36} />
        <span>Pennydrop</span>
      </div>
      {secret === undefined ? (
        <NoCode why="none" />
      ) : over ? (
        <NoCode why={joined.error instanceof Problem && joined.error.status === 410 ? "ended" : "wrong"} />
      ) : joined.data ? (
        <Ready secret={secret} joined={joined.data} filmedBefore={films.length > 0} />
      ) : joined.isLoadingError ? (
        <NoCode why="unreachable" onRetry={() => void joined.refetch()} />
      ) : (
        <p role="status">Opening…</p>
      )}
      <JoinedFilms films={films} uploader={uploader} />
    </main>
  );
}

function Ready({
  secret,
  joined,
  filmedBefore,
}: {
  secret: string;
  joined: JoinedTo;
  filmedBefore: boolean;
}) {
  const [filming, setFilming] = useState(false);
  const canFilm = useCanFilm();
  const now = useNow();
  const uploader = joinedUploader();
  uploader.bearer = secret;
  const label = filmedBefore ? "Again from the top" : "Film";
  const send = (files: File[]) => uploader.add(files, WISHES);
  return (
    <>
      <Title order={1}>{firstName(joined.coachee)} rehearses</Title>
      <p className={classes.wording}>
        <Wording goal={joined.goal} action={joined.action} />
      </p>
      {joined.criteria.length > 0 && (
        <>
          <Title order={2} className={classes.what}>
            What to look out for
          </Title>
          <ul className={classes.criteria}>
            {joined.criteria.map((criterion) => (
              <li key={criterion}>{criterion}</li>
            ))}
          </ul>
        </>
      )}
      <div className={classes.thumb}>
        {canFilm ? (
          <>
            <Button
              size="xl"
              fullWidth
              leftSection={<IconVideo size={26} />}
              onClick={() => setFilming(true)}
            >
              {label}
            </Button>
            <label className={classes.app}>
              Use your phone’s camera app
              <FileInput capture onFiles={send} />
            </label>
          </>
        ) : (
          <Button component="label" size="xl" fullWidth leftSection={<IconVideo size={26} />}>
            {label}
            <FileInput capture onFiles={send} />
          </Button>
        )}
        <Text c="dimmed" ta="center">
          {validFor(joined.expires_at, now)}
        </Text>
      </div>
      <Suspense fallback={null}>
        {filming && (
          <FilmWith
            uploader={uploader}
            wishes={WISHES}
            title={joined.action}
            criteria={joined.criteria}
            onClose={() => setFilming(false)}
          />
        )}
      </Suspense>
    </>
  );
}
