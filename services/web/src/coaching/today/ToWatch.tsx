import { Button, Title } from "@mantine/core";
import { IconColumns2, IconMovie, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Knot, PersonRef, Today } from "~/api/types";
import { linkTo, type Tap, tapsOf } from "~/coaching/today/taps";
import cover from "~/shared/Cover.module.css";
import { useIdle } from "~/shared/useIdle";
import { cameBack } from "~/videos/coming";
import { forgetAhead } from "~/watch/player/ahead";
import { savesData } from "~/watch/player/thrift";
import { openKnotAhead } from "~/watch/prefetch";
import classes from "./ToWatch.module.css";

interface ToWatchProps {
  today: Today;
  step: string;
  coach: PersonRef | undefined;
}

/** Three things to watch, each one tap and playing. */
export function ToWatch({ today, step, coach }: ToWatchProps) {
  const taps = tapsOf(today, coach);
  const { model, best_take: take } = today.watch;
  const likely = taps.find(({ knot }) => knot);
  return (
    <section aria-labelledby="to-watch">
      <Title order={2} id="to-watch" className={classes.heading}>
        Watch again
      </Title>
      <ul className={classes.taps}>
        {taps.map((tap) => (
          <li
            key={tap.place}
            className={classes.tap}
            data-place={tap.place}
            data-missing={!tap.knot || undefined}
          >
            {tap.knot ? <Film tap={tap} knot={tap.knot} likely={tap === likely} /> : <Missing tap={tap} />}
          </li>
        ))}
      </ul>
      {model && take && (
        <Button
          variant="light"
          size="lg"
          className={classes.compare}
          leftSection={<IconColumns2 size={24} aria-hidden="true" />}
          renderRoot={(props) => (
            <Link
              to="/action-steps/$id/compare"
              params={{ id: step }}
              search={{ model: model.video ?? model.clip ?? "", take: take.video ?? "" }}
              {...props}
            />
          )}
        >
          Compare model and my take
        </Button>
      )}
    </section>
  );
}

function Film({ tap, knot, likely }: { tap: Tap; knot: Knot; likely: boolean }) {
  const client = useQueryClient();
  const idle = useIdle();
  const open = () => openKnotAhead(client, knot);
  const opensByItself = idle && likely;
  useEffect(() => {
    if (!opensByItself) return;
    openKnotAhead(client, knot, true);
    return forgetAhead;
  }, [client, knot, opensByItself]);
  const back = cameBack(knot.watched);
  return (
    <>
      <Still knot={knot} />
      <Link
        {...linkTo(knot)}
        className={`${cover.link} ${classes.link}`}
        preload={idle && !savesData() ? "viewport" : "intent"}
        onPointerEnter={open}
        onPointerDown={open}
        onPointerLeave={forgetAhead}
        onPointerCancel={forgetAhead}
        onFocus={open}
      >
        <strong>{tap.label}</strong>
        <span className={classes.title}>{knot.title}</span>
      </Link>
      {back && <small className={classes.back}>{back}</small>}
    </>
  );
}

/** A picture of it; a clip that plays alone has none but itself. */
function Still({ knot }: { knot: Knot }) {
  return (
    <div className={classes.still}>
      {knot.poster ? (
        <img src={knot.poster} alt="" decoding="async" />
      ) : knot.playback.mp4 && !savesData() ? (
        <video
          src={`${knot.playback.mp4}#t=0.1`}
          muted
          playsInline
          preload="metadata"
          tabIndex={-1}
          aria-hidden="true"
        />
      ) : null}
      <span className={classes.sign} aria-hidden="true">
        <IconPlayerPlayFilled size={26} />
      </span>
    </div>
  );
}

function Missing({ tap }: { tap: Tap }) {
  return (
    <>
      <div className={classes.still} aria-hidden="true">
        <IconMovie size={30} stroke={1.3} />
      </div>
      <p className={classes.link}>
        <strong>{tap.label}</strong>
        <span className={classes.title}>
          {tap.missing}
          <span className="visually-hidden">: still to come</span>
        </span>
      </p>
    </>
  );
}
