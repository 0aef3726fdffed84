import { Button, Group, Skeleton, Tabs } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { NotFoundPage } from "~/app/ProblemPage";
import { RoomNotice } from "~/jobs/RoomNotice";
import { Everybody } from "~/people/Everybody";
import { useMe } from "~/people/session";
import { late } from "~/shared/late";
import { Page } from "~/shared/Page";

// Choosing two people takes a good deal of code: it comes where it is for.
const Pairings = late(() => import("~/people/Pairings"), "Pairings");
const AddPersonDialog = late(() => import("~/people/AddPersonDialog"), "AddPersonDialog");

/** Who is here, and who coaches whom. Accounts only: lessons stay with the people in them. */
export function SchoolPage() {
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const [tab, setTab] = useState<string | null>(me.is_admin ? "people" : "pairings");
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
      {me.is_admin && <RoomNotice />}
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="people">People</Tabs.Tab>
          <Tabs.Tab value="pairings">Pairings</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="people">
          <Everybody me={me} />
        </Tabs.Panel>
        <Tabs.Panel value="pairings">
          <Suspense fallback={<Skeleton h={240} />}>
            <Pairings />
          </Suspense>
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
