import { Text } from "@mantine/core";
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import type { Clip } from "~/api/types";
import { at, spoken } from "~/shared/time";
import { useIdle } from "~/shared/useIdle";
import { CameBack } from "~/videos/CameBack";
import { forgetAhead } from "~/watch/player/ahead";
import { savesData } from "~/watch/player/thrift";
import { openClipAhead } from "~/watch/prefetch";
import classes from "./ClipCard.module.css";

interface ClipCardProps {
  clip: Clip;
  likely: boolean;
  /** What else may be done with it. */
  children?: ReactNode;
}

/** A clip, one tap from playing: in its film where the viewer may see it, else from its own file. */
export function ClipCard({ clip, likely, children }: ClipCardProps) {
  const client = useQueryClient();
  const idle = useIdle();
  const open = () => openClipAhead(client, clip);
  const opensByItself = idle && likely;
  useEffect(() => {
    if (!opensByItself) return;
    openClipAhead(client, clip, true);
    return forgetAhead;
  }, [client, clip, opensByItself]);
  const link = clip.video
    ? ({
        to: "/videos/$id",
        params: { id: clip.video },
        search: { clip: clip.id, t: at(clip.start_ms) },
      } as const)
    : ({ to: "/clips/$id", params: { id: clip.id } } as const);
  return (
    <li className={classes.card}>
      <div className={classes.picture}>
        {clip.poster && <img src={clip.poster} alt="" loading="lazy" decoding="async" />}
        <span className={classes.play} aria-hidden="true">
          <IconPlayerPlayFilled size={24} />
        </span>
      </div>
      <div className={classes.text}>
        <Link
          {...link}
          className={classes.link}
          // Its page is made ready while nothing else is to do, its film as soon as a finger is near.
          preload={idle && !savesData() ? "viewport" : "intent"}
          onPointerEnter={open}
          onPointerDown={open}
          onPointerLeave={forgetAhead}
          onPointerCancel={forgetAhead}
          onFocus={open}
        >
          {clip.title}
        </Link>
        <Text c="dimmed">{spoken(clip.end_ms - clip.start_ms)}</Text>
        {clip.criterion_text && <Text className={classes.criterion}>{clip.criterion_text}</Text>}
        <CameBack clip={clip.id} />
        {children && <div className={classes.more}>{children}</div>}
      </div>
    </li>
  );
}
