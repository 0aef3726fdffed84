import { Page } from "~/shared/Page";

export function FilmPage() {
  return <Page title="FilmPage">{null}</Page>;
}
