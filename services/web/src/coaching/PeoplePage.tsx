import { Page } from "~/shared/Page";

export function PeoplePage() {
  return <Page title="PeoplePage">{null}</Page>;
}
