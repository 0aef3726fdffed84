import { Page } from "~/shared/Page";

export function ClipPage() {
  return <Page title="ClipPage">{null}</Page>;
}
