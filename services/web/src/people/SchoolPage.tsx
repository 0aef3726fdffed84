import { Page } from "~/shared/Page";

export function SchoolPage() {
  return <Page title="SchoolPage">{null}</Page>;
}
