import { Popover } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Term } from "~/api/types";
import { useOpensAtOnce } from "~/shared/LateMenu";
import { useLookUp } from "~/terms/api";
import classes from "./TermText.module.css";

/** What a word of the shared language means, beside the word. Opening it counts as looking it up. */
export function TermCard({ term, children }: { term: Term; children: string }) {
  const { button, opened, onChange } = useOpensAtOnce();
  const { mutate: lookUp } = useLookUp();
  const { id } = term;
  useEffect(() => {
    if (opened) lookUp(id);
  }, [opened, id, lookUp]);
  return (
    <Popover
      opened={opened}
      onChange={onChange}
      width={300}
      position="top"
      shadow="md"
      radius="md"
      withArrow
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button ref={button} type="button" className={classes.term} onClick={() => onChange(!opened)}>
          {children}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={term.name} className={classes.card}>
        <b>{term.name}</b>
        <p>{term.meaning}</p>
        <Link to="/language" hash={term.slug} className={classes.more}>
          {term.example ? "See what it looks like here" : "All our words"}
        </Link>
      </Popover.Dropdown>
    </Popover>
  );
}
