import { CloseButton } from "@mantine/core";
import { type ReactNode, useEffect, useId, useRef } from "react";
import classes from "./Sheet.module.css";

interface SheetProps {
  title: string;
  /** Beside the title, and changing: how long the clip is. */
  detail?: string;
  /** Leaves room for the thumb's button below. */
  aboveThumb?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** Slides up on a phone and stands beside the film on a laptop. The film stays in sight and goes on. */
export function Sheet({ title, detail, aboveThumb, onClose, children }: SheetProps) {
  const id = useId();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => ref.current?.focus({ preventScroll: true }), []);
  return (
    <section
      ref={ref}
      className={classes.sheet}
      data-above-thumb={aboveThumb || undefined}
      role="dialog"
      aria-labelledby={id}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header className={classes.head}>
        <h2 id={id}>{title}</h2>
        {detail && <span className={classes.detail}>{detail}</span>}
        <CloseButton onClick={onClose} aria-label="Close" />
      </header>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
