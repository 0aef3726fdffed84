import { Page } from "~/shared/Page";

export function LoginPage() {
  return <Page title="LoginPage">{null}</Page>;
}
