import "@mantine/core/styles/Notification.css";
import "@mantine/notifications/styles.css";

import { Notifications } from "@mantine/notifications";

/** Where short notices appear. Comes with the first of them: most pages never say one. */
export function Notices() {
  return <Notifications position="top-center" />;
}
