import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTitle } from "~/shared/Page";
import { Penny } from "~/shared/Penny";
import classes from "./Doorstep.module.css";

/** The page before one is inside: what Pennydrop is on one side, one short form on the other. */
export function Doorstep({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  useTitle(title);
  return (
    <main className={classes.doorstep}>
      <section className={classes.picture} aria-hidden="true">
        <blockquote className={classes.quote}>
          Watching back the video is often the point where the penny drops.
        </blockquote>
        <FallingPenny />
      </section>
      <section className={classes.form}>
        <div className={classes.inner}>
          <div className={classes.brand}>
            <Penny size={44} />
            <span>Pennydrop</span>
          </div>
          <Title order={1}>{title}</Title>
          {lead && <p className={classes.lead}>{lead}</p>}
          {children}
        </div>
      </section>
    </main>
  );
}

/** A lesson as one line, a few moments on it, and the penny that is about to join them. */
function FallingPenny() {
  return (
    <svg viewBox="0 0 480 220" className={classes.timeline} aria-hidden="true">
      <path className={classes.fall} d="M300 12 V150" />
      <line x1="0" y1="176" x2="480" y2="176" className={classes.line} />
      <rect x="86" y="168" width="74" height="16" rx="8" className={classes.span} />
      <circle cx="46" cy="176" r="6" className={classes.dot} />
      <circle cx="220" cy="176" r="6" className={classes.dot} />
      <circle cx="404" cy="176" r="6" className={classes.dot} />
      <circle cx="300" cy="176" r="17" className={classes.penny} />
    </svg>
  );
}
