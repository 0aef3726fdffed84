import { getRouteApi } from "@tanstack/react-router";
import { Page } from "~/shared/Page";

const route = getRouteApi("/inside/videos/$id");

export function WatchPage() {
  const { id } = route.useParams();
  return <Page title={id}>{null}</Page>;
}
