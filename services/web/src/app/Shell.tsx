import { Link, Outlet } from "@tanstack/react-router";
import { Suspense, useDeferredValue } from "react";
import { AccountMenu } from "~/app/AccountMenu";
import { useLiveChanges } from "~/app/live";
import { MissingPart } from "~/app/MissingPart";
import { placesFor } from "~/app/navigation";
import { OfflineBanner } from "~/app/OfflineBanner";
import { CameraHost } from "~/filming/CameraHost";
import { useMe } from "~/people/session";
import { late } from "~/shared/late";
import { Penny } from "~/shared/Penny";
import { useHasUnfinished } from "~/uploads/unfinished";
import classes from "./Shell.module.css";

// The uploader comes where films are chosen, or where some were left unfinished: then it takes them up again.
const UploadStrip = late(() => import("~/uploads/UploadStrip"), "UploadStrip");

/** The frame around every page: a rail on a laptop, a bar under the thumb on a phone. */
export function Shell() {
  const me = useMe();
  const places = placesFor(me);
  const sending = useHasUnfinished(me.id);
  // The frame first, its page piece by piece: see Root.
  const opens = useDeferredValue(true, false);
  useLiveChanges();
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        Skip to the page
      </a>
      <nav className={classes.nav} aria-label="Main">
        <Link to="/" className={classes.brand} aria-label="Pennydrop, to the start">
          <Penny size={34} />
          <span>Pennydrop</span>
        </Link>
        <ul className={classes.places}>
          {places.map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Link
                to={to}
                className={classes.place}
                activeOptions={{ exact: to === "/", includeSearch: false }}
                activeProps={{ "data-active": true, "aria-current": "page" }}
              >
                <Icon size={24} stroke={1.7} aria-hidden="true" />
                <span>{label}</span>
              </Link>
            </li>
          ))}
        </ul>
        <AccountMenu me={me} />
      </nav>
      <main id="content" className={classes.main} tabIndex={-1}>
        <OfflineBanner />
        <MissingPart />
        {opens && <Outlet />}
      </main>
      <CameraHost />
      {sending && (
        <Suspense fallback={null}>
          <UploadStrip />
        </Suspense>
      )}
    </div>
  );
}
