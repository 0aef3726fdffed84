import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Wording } from "~/coaching/Wording";
import { LibraryDoors } from "~/exemplars/LibraryDoors";
import { stepsQuery } from "~/library/api";
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
  const [typed, setTyped] = useState({ q: search.q ?? "", area: search.area ?? "" });
  const [asked] = useDebouncedValue(typed, TYPING_MS);
  const steps = useQuery(stepsQuery(asked));

  // The address follows what is asked, so that “back” from a step finds the same list.
  useEffect(() => {
    void navigate({
      to: "/steps",
      search: { q: asked.q || undefined, area: asked.area || undefined },
      replace: true,
    });
  }, [asked, navigate]);

  return (
    <Page
      title={me.is_lead ? "Library" : "Steps"}
      lead="Small changes that make a difference, each with what you’ll see and hear."
    >
      <StepSearch {...typed} onChange={setTyped} />
      <LibraryDoors />
      <StepList steps={steps} searched={asked.q !== ""}>
        {(step) => (
          <Link to="/steps/$id" params={{ id: step.id }} className={classes.link}>
            <Wording goal={step.goal} action={step.action} />
          </Link>
        )}
      </StepList>
    </Page>
  );
}
