import { useNetwork } from "@mantine/hooks";
import { IconCloudOff } from "@tabler/icons-react";
import classes from "./OfflineBanner.module.css";

/** Says that the network is gone, and that nothing is lost. */
export function OfflineBanner() {
  const { online } = useNetwork();
  if (online) return null;
  return (
    <div className={classes.banner} role="status">
      <IconCloudOff size={20} aria-hidden="true" />
      <span>You’re offline. Nothing is lost.</span>
    </div>
  );
}
