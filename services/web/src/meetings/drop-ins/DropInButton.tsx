import { Button } from "@mantine/core";
import { IconDoor } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import type { PersonRef } from "~/api/types";
import { late } from "~/shared/late";
import { firstName } from "~/shared/words";

const DropInDialog = late(() => import("~/meetings/drop-ins/DropInDialog"), "DropInDialog");

/** The first tap of two: what was seen on the way past. */
export function DropInButton({ coachee, small = false }: { coachee: PersonRef; small?: boolean }) {
  const [open, setOpen] = useState(false);
  const label = `Note a visit to ${firstName(coachee.name)}`;
  return (
    <>
      {small ? (
        <Button
          variant="subtle"
          color="gray"
          px="xs"
          leftSection={<IconDoor size={22} />}
          aria-label={label}
          onClick={() => setOpen(true)}
        >
          Visit
        </Button>
      ) : (
        <Button variant="default" leftSection={<IconDoor size={22} />} onClick={() => setOpen(true)}>
          Note a visit
        </Button>
      )}
      {open && (
        <Suspense>
          <DropInDialog coachee={coachee} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
