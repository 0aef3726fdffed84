import { Button, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconStar, IconStarFilled, IconTrash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { sentence } from "~/api/problem";
import type { Criterion, Me, PersonRef, Round } from "~/api/types";
import { useChangeRound, useRemoveRound } from "~/rounds/api";
import { Marks } from "~/rounds/Marks";
import { roundName } from "~/rounds/marks";
import { RoundWords } from "~/rounds/RoundWords";
import { ask } from "~/shared/ask";
import cover from "~/shared/Cover.module.css";
import { Poster } from "~/videos/Poster";
import { stateWords } from "~/videos/words";
import classes from "./RoundCard.module.css";

export interface RoundCardProps {
  round: Round;
  criteria: Criterion[];
  coachee: PersonRef;
  me: Me;
  /** Whose word is asked for besides the coachee’s. */
  coach?: PersonRef;
  /** Stands in the place of the film: a player, or how to film it. */
  film?: ReactNode;
  /** Bigger words, to be read by two people at one screen. */
  big?: boolean;
}

/** One try, filmed or not: what both saw, what the coach said, what the coachee thought. */
export function RoundCard({ round, criteria, coachee, coach, me, film, big = false }: RoundCardProps) {
  const change = useChangeRound(round.id);
  const name = roundName(round, { coachee, coach, me });
  return (
    <article className={classes.round} data-big={big || undefined} aria-label={name}>
      <header className={classes.head}>
        <Title order={big ? 2 : 3} className={classes.name}>
          {name}
        </Title>
        {round.kind === "rehearsal" && (
          <Button
            variant={round.is_best ? "light" : "subtle"}
            color={round.is_best ? undefined : "gray"}
            leftSection={round.is_best ? <IconStarFilled size={18} /> : <IconStar size={18} />}
            aria-pressed={round.is_best}
            disabled={!round.rights.change}
            onClick={() => change.mutate({ is_best: !round.is_best }, { onError: say })}
          >
            {round.is_best ? "The best take" : "Call it the best take"}
          </Button>
        )}
      </header>
      {film ?? <RoundFilm round={round} name={name} />}
      <Marks round={round} criteria={criteria} coachee={coachee} coach={coach} me={me} />
      <RoundWords round={round} coachee={coachee} me={me} />
      {round.rights.remove && <Remove round={round} name={name} />}
    </article>
  );
}

/** Its film, a tap from playing; nothing where it wasn’t filmed. */
export function RoundFilm({ round: { video }, name }: { round: Round; name: string }) {
  if (!video) return null;
  const watchable = video.state === "watchable" || video.state === "ready";
  const busy = video.state === "uploading" || video.state === "processing";
  return (
    <div className={classes.film}>
      <Poster src={video.poster} durationMs={video.duration_ms} busy={busy} />
      {watchable ? (
        <Link to="/videos/$id" params={{ id: video.id }} className={`${cover.link} ${classes.watch}`}>
          Watch {name === "Your model" ? "your model" : name}
        </Link>
      ) : (
        <span role="status">{stateWords(video) ?? "Its film is on the way."}</span>
      )}
    </div>
  );
}

function Remove({ round, name }: { round: Round; name: string }) {
  const remove = useRemoveRound(round.id);
  const press = async () => {
    const sure = await ask({
      title: `Take “${name}” away?`,
      detail: `What you both marked and wrote about it goes too.${round.video ? " Its film stays." : ""}`,
      yes: "Take it away",
      grave: true,
    });
    if (sure) remove.mutate(undefined, { onError: say });
  };
  return (
    <Button
      className={classes.remove}
      variant="subtle"
      color="gray"
      leftSection={<IconTrash size={18} />}
      onClick={() => void press()}
    >
      Take it away
    </Button>
  );
}

function say(error: Error): void {
  notifications.show({ color: "red", title: "That wasn’t changed", message: sentence(error) });
}
