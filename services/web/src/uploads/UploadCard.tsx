import { ActionIcon, Button, Progress, Text } from "@mantine/core";
import { IconCheck, IconPlayerPause, IconPlayerPlay, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Video } from "~/api/types";
import { usePollEvery } from "~/app/live";
import { SaveFilm } from "~/filming/SaveFilm";
import { ask } from "~/shared/ask";
import { firstName } from "~/shared/words";
import { FileInput } from "~/uploads/FileInput";
import type { Upload } from "~/uploads/upload";
import type { Uploader } from "~/uploads/uploader";
import { isSafe, uploadWords } from "~/uploads/words";
import { isUnderway, videoQuery } from "~/videos/api";
import classes from "./UploadCard.module.css";

/** Where what can be done is a button with words. */
const WORDY: ReadonlySet<Upload["state"]> = new Set(["paused", "no-room", "needs-file"]);

/** One film on its way: how far it is, and what can be done about it. */
export function UploadCard({ upload, uploader }: { upload: Upload; uploader: Uploader }) {
  const pollEvery = usePollEvery();
  const { data: video } = useQuery({
    ...videoQuery(upload.videoId ?? ""),
    enabled: upload.state === "sent" && upload.videoId !== undefined,
    refetchInterval: ({ state }) => (state.data && isUnderway(state.data) ? pollEvery : false),
  });
  const failed = upload.state === "failed" || upload.state === "no-room" || video?.state === "failed";
  const safe = upload.state === "sent" && video !== undefined && isSafe(video);
  const watchable = video?.state === "watchable" || video?.state === "ready";

  const remove = async () => {
    const sure =
      upload.state === "sent" ||
      (upload.state === "failed" && !upload.filmed) ||
      (await ask({
        title: upload.filmed ? "Throw this film away?" : "Stop sending this film?",
        detail: upload.filmed
          ? "It is thrown away, here and on this device. This can’t be undone."
          : "It stays on your device. What has arrived here so far is thrown away.",
        yes: upload.filmed ? "Throw it away" : "Stop sending",
        no: upload.filmed ? "Keep it" : "Keep sending",
        grave: upload.filmed,
      }));
    if (sure) uploader.remove(upload.id);
  };

  return (
    <li className={classes.card} data-wordy={watchable || WORDY.has(upload.state) || undefined}>
      <div className={classes.what}>
        <strong>{upload.title}</strong>
        <Text c={failed ? "var(--mantine-color-error)" : "dimmed"} className={classes.words} role="status">
          {safe && <IconCheck size={20} className={classes.check} aria-hidden="true" />}
          {uploadWords(upload, video)}
          {upload.ownerName && upload.state !== "failed" && ` For ${firstName(upload.ownerName)}.`}
        </Text>
      </div>
      <div className={classes.actions}>
        <Actions upload={upload} uploader={uploader} video={watchable ? video : undefined} />
      </div>
      <div className={classes.off}>
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={remove}
          aria-label={
            upload.state === "sent" || upload.state === "failed"
              ? `Take “${upload.title}” off this list`
              : `Stop sending “${upload.title}”`
          }
        >
          <IconX size={22} />
        </ActionIcon>
      </div>
      {upload.state !== "sent" && upload.state !== "failed" && (
        <Progress
          className={classes.bar}
          value={upload.size ? (upload.sent / upload.size) * 100 : 0}
          color={upload.state === "sending" ? "leaf" : "gray.5"}
          size={8}
          aria-label={`How much of “${upload.title}” has been sent`}
        />
      )}
    </li>
  );
}

function Actions({ upload, uploader, video }: { upload: Upload; uploader: Uploader; video?: Video }) {
  switch (upload.state) {
    case "sending":
    case "waiting":
    case "offline":
      return (
        <ActionIcon
          variant="light"
          onClick={() => uploader.pause(upload.id)}
          aria-label={`Pause “${upload.title}”`}
        >
          <IconPlayerPause size={22} />
        </ActionIcon>
      );
    case "paused":
    case "no-room":
      return (
        <Button
          variant="light"
          leftSection={<IconPlayerPlay size={20} />}
          onClick={() => uploader.resume(upload.id)}
        >
          {upload.state === "paused" ? "Go on" : "Try again"}
        </Button>
      );
    case "needs-file":
      return (
        <Button component="label" variant="light">
          Choose it again
          <FileInput onFiles={(files) => uploader.add(files, { purpose: upload.purpose })} />
        </Button>
      );
    case "sent":
      return video ? (
        <Button
          variant="light"
          renderRoot={(props) => <Link to="/videos/$id" params={{ id: video.id }} {...props} />}
        >
          Watch
        </Button>
      ) : null;
    case "failed":
      return <SaveFilm upload={upload} uploader={uploader} />;
    case "thrown":
      return null;
  }
}
