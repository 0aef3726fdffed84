import { Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { actionStepsQuery } from "~/coaching/api";
import { StepHistory } from "~/coaching/history/StepHistory";
import { useMe } from "~/people/session";
import { Proposals } from "~/proposals/Proposals";
import { ProposeButton } from "~/proposals/ProposeButton";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import { ShowMore } from "~/shared/ShowMore";
import { Trouble } from "~/shared/Trouble";
import classes from "./StepHistory.module.css";

/** Everything I have worked on, and what I would like to. */
export function MyStepsPage() {
  const me = useMe();
  const steps = useInfiniteQuery(actionStepsQuery("me"));
  return (
    <Page title="Your steps" lead="What you work on now, and what you worked on before." narrow>
      {steps.isError && <Trouble error={steps.error} />}
      {steps.isPending && <Skeleton h={240} radius={18} role="status" aria-label="Loading your steps" />}
      {steps.data?.length === 0 && (
        <Empty title="No steps yet">You and your coach choose the first one together.</Empty>
      )}
      {steps.data && steps.data.length > 0 && <StepHistory steps={steps.data} />}
      <ShowMore list={steps}>Show earlier steps</ShowMore>
      {me.is_coachee && (
        <div className={classes.proposals}>
          <Proposals coachee="me" me={me} title="What you would like to work on">
            <ProposeButton mt="sm">Say what you’d like to work on</ProposeButton>
          </Proposals>
        </div>
      )}
    </Page>
  );
}
