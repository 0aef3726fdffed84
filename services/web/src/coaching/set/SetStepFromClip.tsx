import { Button, type ButtonProps } from "@mantine/core";
import { IconTarget } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import type { Me } from "~/api/types";
import type { SetFromClipProps } from "~/coaching/set/SetFromClip";
import { useMe } from "~/people/session";
import { late } from "~/shared/late";

const SetFromClip = late(() => import("~/coaching/set/SetFromClip"), "SetFromClip");

/** The first of three taps: pick a step, and set it, follow. Only for who coaches the person in the clip. */
export function SetStepFromClip({ clip, ...props }: Pick<SetFromClipProps, "clip"> & ButtonProps) {
  const me = useMe();
  const [open, setOpen] = useState(false);
  if (!coaches(me, clip.owner.id)) return null;
  return (
    <>
      <Button {...props} leftSection={<IconTarget size={20} />} onClick={() => setOpen(true)}>
        Set a step
      </Button>
      {open && (
        <Suspense>
          <SetFromClip clip={clip} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

export function coaches(me: Me, person: string): boolean {
  return me.coaches.some((pair) => pair.person.id === person);
}
