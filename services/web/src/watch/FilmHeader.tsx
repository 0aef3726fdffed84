import { ActionIcon, Button, TextInput, Title } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { sentence } from "~/api/problem";
import type { Video } from "~/api/types";
import { useMe } from "~/people/session";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";
import { useRenameVideo } from "~/videos/api";
import { stateWords } from "~/videos/words";
import classes from "./FilmHeader.module.css";

/** What this film is, whose it is, when it was, and who can see it. */
export function FilmHeader({
  video,
  audience,
  children,
}: {
  video: Video;
  audience: string;
  children: ReactNode;
}) {
  const me = useMe();
  const [renaming, setRenaming] = useState(false);
  const whose = video.owner.id === me.id ? "Yours" : firstName(video.owner.name);
  if (renaming) return <Rename video={video} onDone={() => setRenaming(false)} />;
  return (
    <div className={classes.header}>
      <div className={classes.words}>
        <Title order={1} className={classes.title}>
          <span title={video.title}>{video.title}</span>
          {video.rights.change && (
            <ActionIcon color="gray" onClick={() => setRenaming(true)} aria-label="Rename this film">
              <IconPencil size={20} />
            </ActionIcon>
          )}
        </Title>
        <p>
          {whose} · {said(video.recorded_at ?? video.created_at)} · {audience}
        </p>
        {video.state === "failed" && <p role="status">{stateWords(video)}</p>}
      </div>
      <div className={classes.menu}>{children}</div>
    </div>
  );
}

function Rename({ video, onDone }: { video: Video; onDone: () => void }) {
  const rename = useRenameVideo(video.id);
  const [title, setTitle] = useState(video.title);
  return (
    <form
      className={classes.rename}
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim()) rename.mutate(title.trim(), { onSuccess: onDone });
      }}
    >
      <TextInput
        aria-label="Title of the film"
        value={title}
        autoFocus
        maxLength={200}
        error={rename.error && sentence(rename.error)}
        onChange={(event) => setTitle(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && onDone()}
        className={classes.field}
      />
      <Button type="submit" loading={rename.isPending} disabled={!title.trim()}>
        Save
      </Button>
      <Button variant="subtle" color="gray" onClick={onDone}>
        Cancel
      </Button>
    </form>
  );
}
