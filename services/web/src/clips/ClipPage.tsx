import { Button, Skeleton, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { isNotFound } from "~/api/problem";
import type { Clip } from "~/api/types";
import { FailedPage, NotFoundPage } from "~/app/ProblemPage";
import { clipQuery } from "~/clips/api";
import { useFullQuality } from "~/clips/fullQuality";
import { SetStepFromClip } from "~/coaching/set/SetStepFromClip";
import { Page, useTitle } from "~/shared/Page";
import { at, size, spoken } from "~/shared/time";
import { CameBack } from "~/videos/CameBack";
import { ClipFilm } from "~/watch/clips/ClipFilm";
import classes from "./ClipPage.module.css";

const route = getRouteApi("/inside/clips/$id");
const LOOK_AGAIN_MS = 2_000;

/** One clip from its own file: for those who may see the clip, but not the lesson around it. */
export function ClipPage() {
  const { id } = route.useParams();
  const { data: clip, error } = useQuery({
    ...clipQuery(id),
    refetchInterval: ({ state }) => (isBeingMade(state.data) ? LOOK_AGAIN_MS : false),
  });
  useTitle(clip?.title);
  if (isNotFound(error)) return <NotFoundPage />;
  if (!clip) {
    if (error) return <FailedPage error={error} />;
    return (
      <Page>
        <Skeleton className={classes.film} height="auto" />
      </Page>
    );
  }
  return (
    <Page>
      {clip.file.url ? (
        <ClipFilm key={clip.file.url} clip={clip} url={clip.file.url} />
      ) : (
        <div className={classes.film} role="status">
          {clip.file.state === "failed"
            ? "This clip couldn’t be cut. Ask the person who made it to save it once more."
            : "Cutting the clip… it plays here in a moment."}
        </div>
      )}
      <div className={classes.about}>
        <div>
          <Title order={1} fz="1.6rem">
            {clip.title}
          </Title>
          {clip.criterion_text && <Text className={classes.criterion}>{clip.criterion_text}</Text>}
          <Text c="dimmed">{spoken(clip.end_ms - clip.start_ms)}</Text>
          <CameBack clip={clip.id} />
        </div>
        <div className={classes.actions}>
          <SetStepFromClip clip={clip} />
          {clip.video && (
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link
                  to="/videos/$id"
                  params={{ id: clip.video ?? "" }}
                  search={{ clip: clip.id, t: at(clip.start_ms) }}
                  {...props}
                />
              )}
            >
              See it in the lesson
            </Button>
          )}
          {clip.file.url && (
            <Button
              variant="default"
              component="a"
              href={`${clip.file.url}&download=1`}
              download
              leftSection={<IconDownload size={20} />}
            >
              Download{clip.file.size ? ` · ${size(clip.file.size)}` : ""}
            </Button>
          )}
          <InFullQuality clip={clip} />
        </div>
      </div>
    </Page>
  );
}

function isBeingMade(clip: Clip | undefined): boolean {
  return clip?.file.state === "queued" || clip?.original?.state === "queued";
}

function InFullQuality({ clip }: { clip: Clip }) {
  const full = useFullQuality(clip);
  if (!full) return null;
  if (full.href) {
    return (
      <Button variant="default" component="a" href={full.href} download>
        {full.words}
      </Button>
    );
  }
  return (
    <Button variant="default" onClick={full.make} disabled={!full.make}>
      {full.words}
    </Button>
  );
}
