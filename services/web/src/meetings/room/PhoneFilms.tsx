import { Button } from "@mantine/core";
import { IconDeviceMobile } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { late } from "~/shared/late";

const JoinCode = late(() => import("~/filming/JoinCode"), "JoinCode");

/** A phone that films better than a laptop joins by a code; its film goes to the go that waits for one. */
export function PhoneFilms({ meeting }: { meeting: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        leftSection={<IconDeviceMobile size={22} />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? "Put the code away" : "Film with a phone"}
      </Button>
      {open && (
        <Suspense>
          <JoinCode meeting={meeting} />
        </Suspense>
      )}
    </>
  );
}
