import type { ButtonProps } from "@mantine/core";
import { Suspense } from "react";
import type { Video } from "~/api/types";
import { useMe } from "~/people/session";
import { late } from "~/shared/late";

// The film first.
const PrepareButton = late(() => import("~/meetings/prepare/PrepareButton"), "PrepareButton");

/** From a lesson of somebody she coaches, a coach is one press away from their meeting about it. */
export function MeetingOfLesson({ video, ...look }: { video: Video } & ButtonProps) {
  const { id, owner, purpose } = video;
  const me = useMe();
  if (purpose !== "lesson" || me.coaches.every(({ person }) => person.id !== owner.id)) return null;
  return (
    <Suspense>
      <PrepareButton coachee={owner.id} lesson={id} {...look} />
    </Suspense>
  );
}
