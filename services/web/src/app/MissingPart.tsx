import { UnstyledButton } from "@mantine/core";
import { useDebouncedValue, useNetwork } from "@mantine/hooks";
import { IconCloudOff } from "@tabler/icons-react";
import classes from "~/app/OfflineBanner.module.css";
import { useUnsaid } from "~/shared/said";
import { useAskAgain } from "~/shared/useAskAgain";
import { useComingBack } from "~/shared/useComingBack";

/** What says of itself that it couldn’t be fetched has so long to do so. */
const AFTER_MS = 500;

/** Says that something on this page couldn’t be fetched, where nothing else does. Nothing is left out in silence. */
export function MissingPart() {
  const { online } = useNetwork();
  const unsaid = useUnsaid();
  const [lasting] = useDebouncedValue(unsaid, AFTER_MS);
  const askAgain = useAskAgain();
  useComingBack(unsaid, askAgain);
  if (!online || !unsaid || !lasting) return null;
  return (
    <div className={classes.banner} role="status">
      <IconCloudOff size={20} aria-hidden="true" />
      <span>Part of this page is missing just now.</span>
      <UnstyledButton className={classes.again} onClick={askAgain}>
        Try again
      </UnstyledButton>
    </div>
  );
}
