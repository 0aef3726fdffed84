import { Skeleton } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import type { Me, Person } from "~/api/types";
import { peopleQuery } from "~/people/api";
import { NameSearch, useNames } from "~/people/NameSearch";
import { PersonRow } from "~/people/PersonRow";
import { Empty } from "~/shared/Empty";
import { late } from "~/shared/late";
import { ShowMore } from "~/shared/ShowMore";
import { Trouble } from "~/shared/Trouble";
import classes from "./SchoolPage.module.css";

// Menus take a good deal of code: it comes for those whom they are for.
const PersonMenu = late(() => import("~/people/PersonMenu"), "PersonMenu");

/** The people of the school, or of the trust for who looks after its accounts. */
export function Everybody({ me }: { me: Me }) {
  const names = useNames();
  const people = useInfiniteQuery({ ...peopleQuery(names.asked), placeholderData: keepPreviousData });
  const found = people.data ?? [];
  return (
    <>
      <NameSearch names={names} among={found.length} label="Find a person" />
      {people.isPending && <Skeleton h={320} />}
      {people.isLoadingError && <Trouble error={people.error} />}
      {people.data && found.length === 0 && (
        <Empty title="Nobody by that name">Try a part of it, or another spelling.</Empty>
      )}
      <ul className={classes.list} data-fading={people.isPlaceholderData || undefined}>
        {found.map((person) => (
          <PersonRow key={person.id} name={person.name} note={noteOn(person, me)}>
            {me.is_admin && person.id !== me.id && (
              <Suspense fallback={<IconDots size={24} className={classes.coming} aria-hidden="true" />}>
                <PersonMenu person={person} />
              </Suspense>
            )}
          </PersonRow>
        ))}
      </ul>
      <ShowMore list={people}>Show more people</ShowMore>
    </>
  );
}

function noteOn(person: Person, me: Me): string {
  const notes = [
    person.school.id === me.school.id ? undefined : person.school.name,
    person.is_lead ? "leads coaching" : undefined,
    person.is_admin ? "looks after accounts" : undefined,
    person.disabled ? "account closed" : person.invited ? "invited, not here yet" : undefined,
    person.email ?? undefined,
  ];
  return notes.filter(Boolean).join(" · ");
}
