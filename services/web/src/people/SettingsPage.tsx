import { Page } from "~/shared/Page";

export function SettingsPage() {
  return <Page title="SettingsPage">{null}</Page>;
}
