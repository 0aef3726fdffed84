import { Button, Group, Skeleton, Tabs } from "@mantine/core";
import { IconDots, IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import type { Me, Person } from "~/api/types";
import { NotFoundPage } from "~/app/ProblemPage";
import { RoomNotice } from "~/jobs/RoomNotice";
import { peopleQuery } from "~/people/api";
import { PersonRow } from "~/people/PersonRow";
import { useMe } from "~/people/session";
import { late } from "~/shared/late";
import { Page } from "~/shared/Page";
import { Trouble } from "~/shared/Trouble";
import classes from "./SchoolPage.module.css";

// Menus, and choosing two people, take a good deal of code: it comes for those, and where, it is for.
const PersonMenu = late(() => import("~/people/PersonMenu"), "PersonMenu");
const Pairings = late(() => import("~/people/Pairings"), "Pairings");
const AddPersonDialog = late(() => import("~/people/AddPersonDialog"), "AddPersonDialog");

/** Who is here, and who coaches whom. Accounts only: lessons stay with the people in them. */
export function SchoolPage() {
  const me = useMe();
  const people = useQuery({ ...peopleQuery, enabled: me.is_admin || me.is_lead });
  const [adding, setAdding] = useState(false);
  const [pairing, setPairing] = useState(!me.is_admin);
  if (!me.is_admin && !me.is_lead) return <NotFoundPage />;
  return (
    <Page
      title="School"
      lead={me.is_admin ? me.organisation.name : me.school.name}
      actions={
        me.is_admin && (
          <Group gap="sm">
            <Button leftSection={<IconUserPlus size={22} />} onClick={() => setAdding(true)}>
              Add a person
            </Button>
            <Button variant="default" renderRoot={(props) => <Link to="/school/work" {...props} />}>
              Behind the scenes
            </Button>
          </Group>
        )
      }
    >
      {people.isError && <Trouble error={people.error} />}
      {me.is_admin && <RoomNotice />}
      <Tabs
        defaultValue={me.is_admin ? "people" : "pairings"}
        onChange={(tab) => tab === "pairings" && setPairing(true)}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="people">People</Tabs.Tab>
          <Tabs.Tab value="pairings">Pairings</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="people">
          {people.isPending && <Skeleton h={320} />}
          <ul className={classes.list}>
            {people.data?.map((person) => (
              <PersonRow key={person.id} name={person.name} note={noteOn(person, me)}>
                {me.is_admin && person.id !== me.id && (
                  <Suspense fallback={<IconDots size={24} className={classes.coming} aria-hidden="true" />}>
                    <PersonMenu person={person} />
                  </Suspense>
                )}
              </PersonRow>
            ))}
          </ul>
        </Tabs.Panel>
        <Tabs.Panel value="pairings">
          {pairing && !people.isLoadingError && (
            <Suspense fallback={<Skeleton h={240} />}>
              <Pairings people={people.data ?? []} />
            </Suspense>
          )}
        </Tabs.Panel>
      </Tabs>
      {adding && (
        <Suspense fallback={null}>
          <AddPersonDialog me={me} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Page>
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
