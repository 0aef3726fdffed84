import { Page } from "~/shared/Page";

export function WelcomePage() {
  return <Page title="WelcomePage">{null}</Page>;
}
