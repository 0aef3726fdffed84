import { Button, Group, Text, Title } from "@mantine/core";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { type ReactNode, useCallback } from "react";
import { isNotFound, sentence } from "~/api/problem";
import { useTitle } from "~/shared/Page";
import { Penny } from "~/shared/Penny";
import { useSaid } from "~/shared/said";
import { useAskAgain } from "~/shared/useAskAgain";
import { useComingBack } from "~/shared/useComingBack";
import classes from "./ProblemPage.module.css";

/** Whatever a page throws ends here: said plainly, with a way on. */
export function ProblemPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const { reset: resetQueries } = useQueryErrorResetBoundary();
  const again = useCallback(() => {
    resetQueries();
    reset();
    void router.invalidate();
  }, [resetQueries, reset, router]);
  useComingBack(error, again);
  if (isNotFound(error)) return <NotFoundPage />;
  return (
    <Notice title="That didn’t work" detail={sentence(error)}>
      <Button onClick={again}>Try again</Button>
      <Button variant="default" component="a" href="/">
        Back to the start
      </Button>
    </Notice>
  );
}

/** A page that is nothing without an answer that didn’t come. */
export function FailedPage({ error }: { error: unknown }) {
  const askAgain = useAskAgain();
  useComingBack(error, askAgain);
  useSaid(error);
  return (
    <Notice title="That didn’t work" detail={sentence(error)}>
      <Button onClick={askAgain}>Try again</Button>
      <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
        Back to the start
      </Button>
    </Notice>
  );
}

/** Not there, or not for this person: we never say which. */
export function NotFoundPage() {
  return (
    <Notice
      title="We can’t find that page"
      detail="It may have been deleted, or it may no longer be shared with you. If somebody sent you this link, ask them."
    >
      <Button renderRoot={(props) => <Link to="/" {...props} />}>Back to the start</Button>
    </Notice>
  );
}

function Notice({ title, detail, children }: { title: string; detail: string; children: ReactNode }) {
  useTitle(title);
  return (
    <div className={classes.notice} role="alert">
      <Penny />
      <Title order={1}>{title}</Title>
      <Text c="dimmed" maw="32rem">
        {detail}
      </Text>
      <Group mt="md" justify="center">
        {children}
      </Group>
    </div>
  );
}
