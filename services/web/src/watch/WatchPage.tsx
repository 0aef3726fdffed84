import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { isNotFound } from "~/api/problem";
import { usePollEvery } from "~/app/live";
import { NotFoundPage } from "~/app/ProblemPage";
import { useTitle } from "~/shared/Page";
import { isUnderway, videoQuery } from "~/videos/api";
import { Preparing } from "~/watch/Preparing";
import { Watching } from "~/watch/Watching";
import classes from "./WatchPage.module.css";

const route = getRouteApi("/inside/videos/$id");

/** One film: watch it, mark it, cut it. Or what is happening to it, while it can't be watched yet. */
export function WatchPage() {
  const { id } = route.useParams();
  const { t, clip, moment, play } = route.useSearch();
  const pollEvery = usePollEvery();
  const { data: video, error } = useQuery({
    ...videoQuery(id),
    refetchInterval: ({ state }) => (state.data && isUnderway(state.data) ? pollEvery : false),
  });
  useTitle(video?.title);

  if (isNotFound(error)) return <NotFoundPage />;
  if (!video) {
    // The router's own page says it, and offers to try again.
    if (error) throw error;
    return <Loading />;
  }
  if (!video.playback.mp4 && !video.playback.hls) return <Preparing video={video} />;
  return <Watching key={video.id} video={video} start={{ t, clip, moment, play }} />;
}

/** The page's frame, so that nothing jumps when the film comes. */
function Loading() {
  return (
    <div className={classes.page}>
      <div className={classes.watch}>
        <div className={classes.blank} />
        <Skeleton className={classes.blankStrip} />
      </div>
      <div className={classes.head}>
        <Skeleton h={30} w="min(60%, 20rem)" />
      </div>
      <span className="visually-hidden" role="status">
        Loading the film
      </span>
    </div>
  );
}
