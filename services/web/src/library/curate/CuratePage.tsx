import { Anchor, Button, Group, Menu, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArrowLeft, IconDownload, IconPlus, IconSearch, IconUpload } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { StepSummary } from "~/api/types";
import { NotFoundPage } from "~/app/ProblemPage";
import { Wording } from "~/coaching/Wording";
import { curatedQuery } from "~/library/api";
import { Parts } from "~/library/curate/Parts";
import { StepList } from "~/library/StepList";
import list from "~/library/StepList.module.css";
import { useMe } from "~/people/session";
import { Page } from "~/shared/Page";
import classes from "./CuratePage.module.css";

const TYPING_MS = 200;
type State = "" | "draft" | "published";

/** All of the library for those who look after it: drafts and schools' own copies too. */
export function CuratePage() {
  const me = useMe();
  const [state, setState] = useState<State>("");
  const [q, setQ] = useState("");
  const [asked] = useDebouncedValue(q, TYPING_MS);
  const steps = useInfiniteQuery({
    ...curatedQuery({ q: asked, state: state || undefined }),
    enabled: me.is_lead || me.is_admin,
  });
  if (!me.is_lead && !me.is_admin) return <NotFoundPage />;
  return (
    <Page
      title="Looking after the library"
      lead="Write steps, reword them for your school, and bring in or take out all of them as one file."
      actions={<Actions />}
    >
      <Anchor className={classes.back} renderRoot={(props) => <Link to="/steps" {...props} />}>
        <IconArrowLeft size={20} aria-hidden="true" /> The library
      </Anchor>
      <Parts />
      <div className={classes.search}>
        <TextInput
          type="search"
          aria-label="Search all steps"
          placeholder="Search all steps"
          leftSection={<IconSearch size={20} aria-hidden="true" />}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label="Which steps"
          value={state || "all"}
          onChange={(value) => setState(value === "all" ? "" : (value as State))}
          data={[
            { value: "all", label: "All" },
            { value: "draft", label: "Drafts" },
            { value: "published", label: "Published" },
          ]}
        />
      </div>
      {state === "draft" && steps.data?.pages[0]?.items.length === 0 && !asked ? (
        <p className={classes.none}>There is no draft at the moment.</p>
      ) : (
        <StepList steps={steps} searched={asked !== ""}>
          {(step) => (
            <>
              <Link to="/steps/$id" params={{ id: step.id }} className={list.link}>
                <Wording goal={step.goal} action={step.action} />
              </Link>
              <p className={classes.notes}>{notesOn(step)}</p>
            </>
          )}
        </StepList>
      )}
    </Page>
  );
}

function notesOn(step: StepSummary): string {
  const notes = [
    step.state === "draft" ? "Draft" : `Version ${step.version}`,
    step.school ? `${step.school.name}’s own words` : undefined,
    step.area.name,
  ];
  return notes.filter(Boolean).join(" · ");
}

function Actions() {
  return (
    <Group gap="sm">
      <Button
        leftSection={<IconPlus size={20} aria-hidden="true" />}
        renderRoot={(props) => <Link to="/steps/new" {...props} />}
      >
        New step
      </Button>
      <Button
        variant="light"
        leftSection={<IconUpload size={20} aria-hidden="true" />}
        renderRoot={(props) => <Link to="/steps/import" {...props} />}
      >
        Import
      </Button>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button variant="light" leftSection={<IconDownload size={20} aria-hidden="true" />}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href="/api/v1/library/export?format=csv" download="library.csv">
            A table (CSV)
          </Menu.Item>
          <Menu.Item component="a" href="/api/v1/library/export?format=yaml" download="library.yaml">
            A text file (YAML)
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
