import { ActionIcon, Button, Menu, Skeleton, Stack, UnstyledButton } from "@mantine/core";
import {
  IconDots,
  IconDownload,
  IconFileDownload,
  IconLink,
  IconPlayerPlayFilled,
  IconScissors,
  IconTarget,
  IconTrash,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useRef } from "react";
import type { Clip } from "~/api/types";
import { useFullQuality } from "~/clips/fullQuality";
import { Trouble } from "~/shared/Trouble";
import { clock, size, spoken } from "~/shared/time";
import { firstName } from "~/shared/words";
import { useFollow } from "~/watch/useFollow";
import classes from "./ClipList.module.css";

export interface ClipActions {
  play: (clip: Clip) => void;
  change: (clip: Clip) => void;
  remove: (clip: Clip) => void;
  copyLink: (clip: Clip) => void;
  /** As a model of a step, or as the example of a term; not out of the film of a meeting, which shows two. */
  show?: (clip: Clip) => void;
  /** For who coaches the person in the film. */
  setStep?: (clip: Clip) => void;
}

interface ClipListProps {
  clips: Clip[] | undefined;
  error: Error | null;
  litId: string | null;
  mayClip: boolean;
  /** The page was opened by a link to a clip. */
  linked: boolean;
  actions: ClipActions;
  hint: string;
}

/** The clips of this film, each a tap from playing. */
export function ClipList({ clips, error, litId, mayClip, linked, actions, hint }: ClipListProps) {
  const ref = useRef<HTMLUListElement>(null);
  useFollow(ref, litId, { linked });
  if (error && !clips) return <Trouble error={error} />;
  if (!clips) {
    return (
      <Stack gap="sm" aria-hidden="true">
        <Skeleton h={72} />
        <Skeleton h={72} />
      </Stack>
    );
  }
  if (clips.length === 0) {
    return (
      <div className={classes.empty}>
        <p>No clips yet.</p>
        {mayClip && <p className={classes.hint}>{hint}</p>}
      </div>
    );
  }
  return (
    <ul ref={ref} className={classes.list}>
      {clips.map((clip) => (
        <li
          key={clip.id}
          className={classes.clip}
          data-lit={clip.id === litId || undefined}
          data-key={clip.id}
        >
          <UnstyledButton
            className={classes.main}
            onClick={() => actions.play(clip)}
            aria-current={clip.id === litId || undefined}
          >
            <span className={classes.sign}>
              <IconPlayerPlayFilled size={20} aria-hidden="true" />
            </span>
            <span className={classes.words}>
              <b>
                <span className="visually-hidden">Play </span>
                {clip.title}
              </b>
              <span className={classes.when}>
                {clock(clip.start_ms)} · {spoken(clip.end_ms - clip.start_ms)} · by{" "}
                {firstName(clip.made_by.name)}
              </span>
              {clip.criterion_text && <span className={classes.criterion}>{clip.criterion_text}</span>}
            </span>
          </UnstyledButton>
          <ClipMenu clip={clip} actions={actions} />
          {actions.setStep && (
            <Button
              variant={clip.id === litId ? "light" : "subtle"}
              className={classes.setStep}
              leftSection={<IconTarget size={20} />}
              onClick={() => actions.setStep?.(clip)}
            >
              Set a step
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function ClipMenu({ clip, actions }: { clip: Clip; actions: ClipActions }) {
  const { file, rights } = clip;
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <ActionIcon color="gray" aria-label={`More about “${clip.title}”`}>
          <IconDots size={22} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLink size={20} />} onClick={() => actions.copyLink(clip)}>
          Copy link
        </Menu.Item>
        {file.url ? (
          <Menu.Item
            leftSection={<IconDownload size={20} />}
            component="a"
            href={`${file.url}&download=1`}
            download
          >
            Download{file.size ? ` · ${size(file.size)}` : ""}
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconDownload size={20} />} disabled>
            {file.state === "failed"
              ? (file.failure ?? "Its file couldn’t be made")
              : "Its file is being prepared"}
          </Menu.Item>
        )}
        <InFullQuality clip={clip} />
        {rights.change && actions.show && (
          <Menu.Item leftSection={<IconUsersGroup size={20} />} onClick={() => actions.show?.(clip)}>
            Show it to others
          </Menu.Item>
        )}
        {rights.change && (
          <Menu.Item leftSection={<IconScissors size={20} />} onClick={() => actions.change(clip)}>
            Rename or cut again
          </Menu.Item>
        )}
        {rights.delete && (
          // On the dark of the film only a light red can be read.
          <Menu.Item leftSection={<IconTrash size={20} />} color="red.3" onClick={() => actions.remove(clip)}>
            Delete
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function InFullQuality({ clip }: { clip: Clip }) {
  const full = useFullQuality(clip);
  if (!full) return null;
  const icon = <IconFileDownload size={20} />;
  if (full.href) {
    return (
      <Menu.Item leftSection={icon} component="a" href={full.href} download>
        {full.words}
      </Menu.Item>
    );
  }
  return (
    <Menu.Item leftSection={icon} onClick={full.make} disabled={!full.make} closeMenuOnClick={false}>
      {full.words}
    </Menu.Item>
  );
}
