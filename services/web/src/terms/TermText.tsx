import { Popover } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Term } from "~/api/types";
import { termsQuery, useLookUp } from "~/terms/api";
import { withTerms } from "~/terms/find";
import classes from "./TermText.module.css";

/** A text in which the words of the shared language explain themselves. */
export function TermText({ text }: { text: string }) {
  const { data: terms = [] } = useQuery(termsQuery);
  let place = 0;
  return withTerms(text, terms).map((part) => {
    const key = place;
    place += typeof part === "string" ? part.length : part.words.length;
    if (typeof part === "string") return part;
    return (
      <TermLink key={key} term={part.term}>
        {part.words}
      </TermLink>
    );
  });
}

/** One word of the shared language: a press tells what it means. */
export function TermLink({ term, children }: { term: Term; children: string }) {
  const [open, setOpen] = useState(false);
  const lookUp = useLookUp();
  const toggle = () => {
    setOpen(!open);
    if (!open) lookUp.mutate(term.id);
  };
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      width={300}
      position="top"
      shadow="md"
      radius="md"
      withArrow
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button type="button" className={classes.term} onClick={toggle}>
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
