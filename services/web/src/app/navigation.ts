import {
  IconBook2,
  IconHome,
  IconMovie,
  IconSchool,
  IconUsers,
  IconVideoPlus,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Me } from "~/api/types";

export interface Place {
  to: "/" | "/film" | "/videos" | "/steps" | "/people" | "/school";
  label: string;
  icon: TablerIcon;
}

/** Whose films there are; short where the bar under the thumb has more than four places. */
export function videosLabel(me: Me): string {
  return me.is_coach || me.is_admin || me.is_lead ? "Videos" : "My videos";
}

/** Where this person can go: it follows from who they are to others, not from a rank. */
export function placesFor(me: Me): Place[] {
  const places: Place[] = [
    { to: "/", label: "Today", icon: IconHome },
    { to: "/film", label: "Film", icon: IconVideoPlus },
    { to: "/videos", label: videosLabel(me), icon: IconMovie },
    { to: "/steps", label: me.is_lead ? "Library" : "Steps", icon: IconBook2 },
  ];
  if (me.is_coach) places.push({ to: "/people", label: "People", icon: IconUsers });
  if (me.is_admin || me.is_lead) places.push({ to: "/school", label: "School", icon: IconSchool });
  return places;
}
