import { initials } from "~/shared/words";
import classes from "./Face.module.css";

/** Somebody's initials in a circle, beside her name. */
export function Face({ of }: { of: string }) {
  return (
    <span className={classes.face} aria-hidden="true">
      {initials(of)}
    </span>
  );
}
