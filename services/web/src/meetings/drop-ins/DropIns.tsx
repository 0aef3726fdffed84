import { ActionIcon, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDots, IconMovie, IconPencil, IconTrash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { sentence } from "~/api/problem";
import type { Me, MeetingLine } from "~/api/types";
import { useRemoveDropIn } from "~/meetings/drop-ins/api";
import { ask } from "~/shared/ask";
import { late } from "~/shared/late";
import { Trouble } from "~/shared/Trouble";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";
import { TermText } from "~/terms/TermText";
import classes from "./DropIns.module.css";

const DropInDialog = late(() => import("~/meetings/drop-ins/DropInDialog"), "DropInDialog");

/** Short visits in the words that were left. */
export function DropIns({ visits, me }: { visits: MeetingLine[]; me: Me }) {
  return (
    <ul className={classes.visits}>
      {visits.map((visit) => (
        <Visit key={visit.id} visit={visit} me={me} />
      ))}
    </ul>
  );
}

function Visit({ visit, me }: { visit: MeetingLine; me: Me }) {
  const [changing, setChanging] = useState(false);
  const mine = visit.coach.id === me.id;
  return (
    <li id={`drop-in-${visit.id}`}>
      <div className={classes.words}>
        <small>
          {mine ? "You dropped in" : `${firstName(visit.coach.name)} dropped in`}{" "}
          {said(visit.started_at ?? "")}
        </small>
        {visit.notes && (
          <p>
            <TermText text={visit.notes} />
          </p>
        )}
        {visit.film && (
          <Link to="/videos/$id" params={{ id: visit.film }} className={classes.film}>
            <IconMovie size={20} aria-hidden="true" /> Watch the film
          </Link>
        )}
      </div>
      {mine && <VisitMenu visit={visit} onChange={() => setChanging(true)} />}
      {changing && (
        <Suspense>
          <DropInDialog coachee={visit.coachee} visit={visit} onClose={() => setChanging(false)} />
        </Suspense>
      )}
    </li>
  );
}

function VisitMenu({ visit, onChange }: { visit: MeetingLine; onChange: () => void }) {
  const remove = useRemoveDropIn();
  const takeAway = async () => {
    const sure = await ask({
      title: "Take this note away?",
      detail: visit.film ? "The words go for both of you. The film stays." : "The words go for both of you.",
      yes: "Take it away",
    });
    if (!sure) return;
    remove.mutate(visit.id, {
      onError: (error) => notifications.show({ color: "red", message: sentence(error) }),
    });
  };
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon color="gray" aria-label="More about this visit" loading={remove.isPending}>
          <IconDots size={22} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={20} />} onClick={onChange}>
          Change it
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={20} />} color="red" onClick={() => void takeAway()}>
          Take it away
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function DropInsProblem({ error }: { error: Error }) {
  return <Trouble error={error} />;
}
