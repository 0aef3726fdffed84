import { Page } from "~/shared/Page";

export function VideosPage() {
  return <Page title="VideosPage">{null}</Page>;
}
