import { Page } from "~/shared/Page";

export function StepsPage() {
  return <Page title="StepsPage">{null}</Page>;
}
