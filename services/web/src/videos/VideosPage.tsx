import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { IconVideoPlus } from "@tabler/icons-react";
import { type InfiniteData, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { PersonRef, Video } from "~/api/types";
import { usePollEvery } from "~/app/live";
import { videosLabel } from "~/app/navigation";
import { useMe } from "~/people/session";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import { ShowMore } from "~/shared/ShowMore";
import { Trouble } from "~/shared/Trouble";
import { nameAmong } from "~/shared/words";
import { isUnderway, videoPages } from "~/videos/api";
import { VideoCard } from "~/videos/VideoCard";
import classes from "./VideosPage.module.css";

const EVERYONE = "everyone";

export function VideosPage() {
  const me = useMe();
  const pollEvery = usePollEvery();
  const [whose, setWhose] = useState(EVERYONE);
  const all = useInfiniteQuery(videoPages());
  const videos = useInfiniteQuery({
    ...videoPages(whose === EVERYONE ? undefined : whose),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isUnderway)) ? pollEvery : false,
  });
  const coached = all.hasNextPage ? me.coaches.map(({ person }) => person) : [];
  const owners = ownersOf(filmsIn(all.data), coached, me.id);
  const others = owners.filter(({ id }) => id !== me.id).map(({ name }) => name);
  const shown = videos.data && filmsIn(videos.data);

  return (
    <Page
      title={videosLabel(me)}
      actions={
        shown?.length ? (
          <Button
            leftSection={<IconVideoPlus size={22} />}
            visibleFrom="md"
            renderRoot={(props) => <Link to="/film" {...props} />}
          >
            Film or choose
          </Button>
        ) : undefined
      }
    >
      {owners.length > 1 && (
        <SegmentedControl
          mb="lg"
          size="md"
          className={classes.whose}
          aria-label="Whose videos"
          value={whose}
          onChange={setWhose}
          data={[
            { value: EVERYONE, label: "All" },
            ...owners.map(({ id, name }) => ({
              value: id,
              label: id === me.id ? "Mine" : nameAmong(name, others),
            })),
          ]}
        />
      )}
      {videos.isPending && <Loading />}
      {videos.isLoadingError && <Trouble error={videos.error} />}
      {shown?.length === 0 && (
        <Empty
          title="No films yet"
          action={
            <Button renderRoot={(props) => <Link to="/film" {...props} />}>Film or choose a video</Button>
          }
        >
          {me.is_lead || me.is_admin
            ? "Lessons stay between a coachee and their coach: you see a film here once somebody shares it with you."
            : "Prop your phone up at the back of the room and press record. What you film is yours: only you and your coach can see it."}
        </Empty>
      )}
      {shown && (
        <ul className={classes.grid}>
          {shown.map((video) => (
            <VideoCard key={video.id} video={video} me={me} />
          ))}
        </ul>
      )}
      <ShowMore list={videos}>Show earlier films</ShowMore>
    </Page>
  );
}

function filmsIn(data: InfiniteData<{ items: Video[] }> | undefined): Video[] {
  return data?.pages.flatMap(({ items }) => items) ?? [];
}

function Loading() {
  return (
    <div className={classes.grid} role="status" aria-label="Loading your videos">
      {["one", "two", "three"].map((place) => (
        <div key={place}>
          <Skeleton style={{ aspectRatio: "16 / 9" }} radius={14} height="auto" />
          <Skeleton h={20} mt={14} w="70%" />
          <Skeleton h={16} mt={10} w="45%" />
        </div>
      ))}
    </div>
  );
}

/** Whose videos there are: mine first, the others by name, so that nobody changes place. */
function ownersOf(videos: Video[], coached: PersonRef[], mine: string): PersonRef[] {
  const known = [...videos.map(({ owner }) => owner), ...coached];
  const owners = [...new Map(known.map((owner) => [owner.id, owner])).values()];
  const rank = ({ id }: PersonRef) => Number(id !== mine);
  return owners.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
