import { Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { dropInsQuery } from "~/meetings/drop-ins/api";
import { DropIns, DropInsProblem } from "~/meetings/drop-ins/DropIns";
import { useMe } from "~/people/session";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import { ShowMore } from "~/shared/ShowMore";
import { useNamed } from "~/shared/useNamed";

/** What coaches left for me on their way past. */
export function DropInsPage() {
  const me = useMe();
  const visits = useInfiniteQuery(dropInsQuery("me"));
  useNamed(visits.isSuccess);
  return (
    <Page title="Short visits" lead="A few words from whoever dropped in. Nothing hangs on them." narrow>
      {visits.isError && <DropInsProblem error={visits.error} />}
      {visits.isPending && <Skeleton h={160} radius={18} role="status" aria-label="Loading the visits" />}
      {visits.data?.length === 0 && (
        <Empty title="Nobody has dropped in yet">
          When your coach passes by and leaves a few words, you read them here.
        </Empty>
      )}
      {visits.data && <DropIns visits={visits.data} me={me} />}
      <ShowMore list={visits}>Show earlier visits</ShowMore>
    </Page>
  );
}
