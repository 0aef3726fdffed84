import { Page } from "~/shared/Page";

export function CoacheePage() {
  return <Page title="CoacheePage">{null}</Page>;
}
