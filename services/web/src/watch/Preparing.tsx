import { Button, Progress, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Video } from "~/api/types";
import { said } from "~/shared/time";
import classes from "./Preparing.module.css";

/** A film that can't be watched yet, or never will be: what is happening, and what to do. */
export function Preparing({ video }: { video: Video }) {
  const failed = video.state === "failed";
  return (
    <div className={classes.page}>
      <div className={classes.card} role={failed ? "alert" : "status"}>
        {!failed && (
          <svg viewBox="0 0 160 60" className={classes.penny} aria-hidden="true">
            <line x1="30" y1="50" x2="130" y2="50" />
            <circle cx="80" cy="36" r="10" />
          </svg>
        )}
        <Title order={1}>{video.title}</Title>
        <p>{failed ? sorry(video) : STATE_WORDS[video.state]}</p>
        {video.state === "processing" && video.progress > 0 && (
          <Progress
            value={video.progress}
            className={classes.progress}
            aria-label={`${video.progress} percent prepared`}
          />
        )}
        <p className={classes.detail}>
          {failed
            ? `Sent ${said(video.created_at)}.`
            : "This page opens the film by itself. You can also come back later."}
        </p>
        {failed && video.rights.change && (
          <Button renderRoot={(props) => <Link to="/film" {...props} />}>Choose another film</Button>
        )}
        <Button variant="default" renderRoot={(props) => <Link to="/videos" {...props} />}>
          Back to the videos
        </Button>
      </div>
    </div>
  );
}

const STATE_WORDS: Record<string, string> = {
  uploading: "This film is still on its way from the phone. It can be watched as soon as all of it is here.",
  processing: "The film is here and safe. We’re getting it ready to watch; that takes a moment.",
};

function sorry({ failure }: Video): string {
  return failure?.detail || "We couldn’t make this film watchable. Please choose it again on your phone.";
}
