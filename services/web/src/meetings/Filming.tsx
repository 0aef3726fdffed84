import { Button } from "@mantine/core";
import { IconVideo } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import type { Me, Meeting } from "~/api/types";
import { late } from "~/shared/late";
import { firstName } from "~/shared/words";
import classes from "./Filming.module.css";

const FilmingDialog = late(() => import("~/meetings/FilmingDialog"), "FilmingDialog");

interface FilmingProps {
  meeting: Meeting;
  me: Me;
}

/** One quiet line: whether this meeting may be filmed, and the way to say yes or no. */
export function FilmingLine({ meeting, me }: FilmingProps) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  if (open && !asked) setAsked(true);
  if (meeting.kind === "drop_in") return null;
  const { consents, film, state } = meeting;
  return (
    <div className={classes.line}>
      <IconVideo size={20} aria-hidden="true" />
      <span>{filmingWords(meeting, me)}</span>
      {film && (
        <Link to="/meetings/$id/observed" params={{ id: meeting.id }}>
          See its phases on film
        </Link>
      )}
      {(film || consents.length > 0 || state !== "done") && (
        <Button variant="subtle" onClick={() => setOpen(true)}>
          {film ? "About the film" : "Film this meeting?"}
        </Button>
      )}
      {asked && (
        <Suspense>
          <FilmingDialog meeting={meeting} me={me} opened={open} linked onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}

function filmingWords({ consents, film, may_be_filmed, state }: Meeting, me: Pick<Me, "id">): string {
  if (film) return "This meeting was filmed.";
  if (may_be_filmed) return "You both said yes to filming it.";
  const [first] = consents;
  if (!first) return state === "done" ? "This meeting wasn’t filmed." : "This meeting isn’t filmed.";
  return first.person.id === me.id
    ? "You said yes to filming it; the other yes is missing."
    : `${firstName(first.person.name)} would like to film this meeting.`;
}
