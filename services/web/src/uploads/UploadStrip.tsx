import { Link, useRouterState } from "@tanstack/react-router";
import { useMe } from "~/people/session";
import { sizeOf } from "~/shared/time";
import { count } from "~/shared/words";
import { isUnfinished } from "~/uploads/upload";
import { useUploads } from "~/uploads/useUploads";
import classes from "./UploadStrip.module.css";

/** Wherever one is in the app: what is still on its way, and the way back to it. */
export function UploadStrip() {
  const { uploads } = useUploads(useMe().id);
  const here = useRouterState({ select: (state) => state.location.pathname });
  const underway = uploads.filter((upload) => isUnfinished(upload));
  if (underway.length === 0 || here === "/film") return null;
  const sent = underway.reduce((total, upload) => total + upload.sent, 0);
  const size = underway.reduce((total, upload) => total + upload.size, 0);
  const sending = underway.some((upload) => upload.state === "sending");
  return (
    <Link to="/film" className={classes.strip} data-upload-strip>
      <span>
        {sending ? "Sending" : "Waiting to send"} {count(underway.length, "film")}
      </span>
      <span className={classes.size}>{sizeOf(sent, size)}</span>
      <span
        className={classes.bar}
        style={{ width: `${size ? (sent / size) * 100 : 0}%` }}
        aria-hidden="true"
      />
    </Link>
  );
}
