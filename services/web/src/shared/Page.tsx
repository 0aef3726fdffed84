import { Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import classes from "./Page.module.css";

interface PageProps {
  title?: string;
  /** One sentence below the title. */
  lead?: ReactNode;
  /** What can be done here, beside the title. */
  actions?: ReactNode;
  narrow?: boolean;
  /** The title matters less than what follows: small on a phone. */
  quietTitle?: boolean;
  children: ReactNode;
}

/** A page on paper: a title, what can be done, and its content in a readable measure. */
export function Page({ title, lead, actions, narrow = false, quietTitle = false, children }: PageProps) {
  useTitle(title);
  return (
    <div className={`${classes.page} ${narrow ? classes.narrow : ""}`}>
      {title && (
        <header className={classes.head} data-quiet={quietTitle || undefined}>
          <div>
            <Title order={1}>{title}</Title>
            {lead && <p className={classes.lead}>{lead}</p>}
          </div>
          {actions}
        </header>
      )}
      {children}
    </div>
  );
}

/** Names the browser's tab after the page. Without a title yet, it keeps the one that a part of it gave. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · Pennydrop`;
  }, [title]);
}
