import { Button, Group } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconEdit, IconStairs } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { Wording } from "~/coaching/Wording";
import { LibraryDoors } from "~/exemplars/LibraryDoors";
import { pagedStepsQuery, type StepFilter } from "~/library/api";
import { Doors } from "~/library/Doors";
import { SequenceSteps } from "~/library/SequenceSteps";
import { StepFilters } from "~/library/StepFilters";
import { StepList } from "~/library/StepList";
import { StepSearch } from "~/library/StepSearch";
import { useMe } from "~/people/session";
import { Page } from "~/shared/Page";
import classes from "./StepList.module.css";

const route = getRouteApi("/inside/steps");
const TYPING_MS = 200;

export function StepsPage() {
  const me = useMe();
  const search = route.useSearch();
  const navigate = useNavigate();
  const [q, setQ] = useState(search.q ?? "");
  const [asked] = useDebouncedValue(q, TYPING_MS);
  const isNarrowed = Object.values({ ...search, q: asked }).some(Boolean);
  const { sequence, ...others } = search;
  // A sequence by itself is shown as what it is: first to know, then to do.
  const inOrder = sequence !== undefined && !Object.values({ ...others, q: asked }).some(Boolean);
  const steps = useInfiniteQuery({
    ...pagedStepsQuery({ ...search, q: asked }),
    enabled: isNarrowed && !inOrder,
  });

  const narrow = (filter: StepFilter) =>
    navigate({ to: "/steps", search: filled(filter), replace: true, resetScroll: false });

  // The address follows what is asked, so that “back” from a step finds the same list …
  const told = useRef(search.q ?? "");
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed leads the address
  useEffect(() => {
    if (asked === told.current) return;
    told.current = asked;
    void narrow({ ...search, q: asked });
  }, [asked]);
  // … and the box follows an address that came from elsewhere.
  useEffect(() => {
    if ((search.q ?? "") === told.current) return;
    told.current = search.q ?? "";
    setQ(told.current);
  }, [search.q]);

  return (
    <Page
      title={me.is_lead ? "Library" : "Steps"}
      lead="Small changes that make a difference, each with what you’ll see and hear."
      actions={<Actions />}
    >
      <StepSearch
        q={q}
        area={search.area ?? ""}
        areas={isNarrowed}
        onChange={(typed) => {
          setQ(typed.q);
          if (typed.area !== (search.area ?? "")) void narrow({ ...search, q: typed.q, area: typed.area });
        }}
      />
      <StepFilters filter={search} onChange={(filter) => void narrow({ ...filter, q })} />
      <LibraryDoors />
      {inOrder ? (
        <SequenceSteps slug={sequence} />
      ) : isNarrowed ? (
        <StepList steps={steps} searched={asked !== ""}>
          {(step) => (
            <Link to="/steps/$id" params={{ id: step.id }} className={classes.link}>
              <Wording goal={step.goal} action={step.action} />
            </Link>
          )}
        </StepList>
      ) : (
        <Doors />
      )}
    </Page>
  );
}

/** For a coach who is stuck, and for those who look after the library. */
function Actions() {
  const me = useMe();
  return (
    <Group gap="sm">
      {me.is_coach && (
        <Button
          variant="light"
          leftSection={<IconStairs size={20} aria-hidden="true" />}
          renderRoot={(props) => <Link to="/steps/builder" {...props} />}
        >
          Help me choose
        </Button>
      )}
      {(me.is_lead || me.is_admin) && (
        <Button
          variant="light"
          leftSection={<IconEdit size={20} aria-hidden="true" />}
          renderRoot={(props) => <Link to="/steps/curate" {...props} />}
        >
          Look after it
        </Button>
      )}
    </Group>
  );
}

function filled(filter: StepFilter): StepFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
}
