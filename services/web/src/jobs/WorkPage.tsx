import { Alert, Anchor, Button, Skeleton, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconArrowLeft, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue } from "react";
import { sentence } from "~/api/problem";
import type { Work, WorkNow } from "~/api/types";
import { NotFoundPage } from "~/app/ProblemPage";
import { useTryAgain, workQuery } from "~/jobs/api";
import { RoomNotice } from "~/jobs/RoomNotice";
import { careWords, isNews, kindWords, standing } from "~/jobs/words";
import { useMe } from "~/people/session";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import { Trouble } from "~/shared/Trouble";
import classes from "./WorkPage.module.css";

/** What Pennydrop does with films by itself: what is stuck and why, what runs, what is waiting. */
export function WorkPage() {
  const me = useMe();
  const work = useDeferredValue(useQuery({ ...workQuery, enabled: me.is_admin }));
  if (!me.is_admin) return <NotFoundPage />;
  return (
    <Page
      title="Behind the scenes"
      lead="What Pennydrop does with films by itself. It says whose a film is, never what is in it."
      narrow
    >
      <Anchor className={classes.back} renderRoot={(props) => <Link to="/school" {...props} />}>
        <IconArrowLeft size={20} aria-hidden="true" /> School
      </Anchor>
      <RoomNotice />
      {work.isPending && (
        <div role="status" aria-label="Looking">
          <Skeleton h={88} mb="sm" />
          <Skeleton h={88} />
        </div>
      )}
      {work.isLoadingError && <Trouble error={work.error} />}
      {work.data && <Now now={work.data} />}
    </Page>
  );
}

const PARTS = { api: "web server", transcoder: "transcoder", worker: "worker" } as const;

function Now({ now }: { now: WorkNow }) {
  const silent = (["transcoder", "worker"] as const).filter((part) => !now.services[part]);
  const items = now.items.filter(isNews);
  return (
    <>
      {silent.length > 0 && (
        <Alert color="red" variant="light" role="alert" mb="lg">
          The {silent.map((part) => PARTS[part]).join(" and the ")} {silent.length === 1 ? "isn’t" : "aren’t"}{" "}
          running, so films wait. Nothing is lost. <code>pennydrop doctor</code> on the server says more.
        </Alert>
      )}
      {items.length === 0 && (
        <Empty title="All up to date">
          Nothing is stuck and nothing is waiting. New films show up here by themselves.
        </Empty>
      )}
      <Some title="Stuck" items={items.filter(({ state }) => state === "failed")} />
      <Some title="At work" items={items.filter(({ state }) => state === "running")} />
      <Some title="Waiting" items={items.filter(({ state }) => state === "queued")} />
      <Text c="dimmed" mt="xl">
        {careWords(now.care)}
      </Text>
    </>
  );
}

function Some({ title, items }: { title: string; items: Work[] }) {
  if (items.length === 0) return null;
  return (
    <section className={classes.some} aria-label={title}>
      <Title order={2} mb="sm">
        {title}
      </Title>
      <ul className={classes.list}>
        {items.map((work) => (
          <Row key={work.id} work={work} />
        ))}
      </ul>
    </section>
  );
}

function Row({ work }: { work: Work }) {
  const again = useTryAgain();
  const whose = [work.owner?.name, work.school?.name].filter(Boolean).join(", ");
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <strong>{kindWords(work.kind)}</strong>
        <p className={classes.quiet}>{[whose, standing(work)].filter(Boolean).join(" · ")}</p>
        {work.failure && <p>{work.failure.detail}</p>}
      </div>
      {work.state === "failed" && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={20} />}
          loading={again.isPending}
          onClick={() =>
            again.mutate(work.id, {
              onError: (error) =>
                notifications.show({ color: "red", title: "It’s still stuck", message: sentence(error) }),
            })
          }
        >
          Try again
        </Button>
      )}
    </li>
  );
}
