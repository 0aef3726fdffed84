import { Skeleton, Stack } from "@mantine/core";
import { Page } from "~/shared/Page";

/** The frame of a page while its code or data is on the way. */
export function PagePlaceholder() {
  return (
    <Page>
      <Stack gap="lg" aria-hidden="true">
        <Skeleton h={38} w="min(60%, 20rem)" />
        <Skeleton h={160} />
        <Skeleton h={160} />
      </Stack>
      <span className="visually-hidden" role="status">
        Loading
      </span>
    </Page>
  );
}
