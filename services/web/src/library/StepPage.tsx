import { Page } from "~/shared/Page";

export function StepPage() {
  return <Page title="StepPage">{null}</Page>;
}
