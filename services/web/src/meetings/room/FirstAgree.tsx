import { Button } from "@mantine/core";
import type { StageProps } from "~/meetings/room/Room";
import classes from "./Room.module.css";

/** What comes later needs a step to be tried against. */
export function FirstAgree({ go }: Pick<StageProps, "go">) {
  return (
    <div className={classes.alone}>
      <p className={classes.say}>First agree the step: its criteria are what you look for.</p>
      <div className={classes.buttons}>
        <Button size="lg" onClick={() => go("step")}>
          Agree the step
        </Button>
      </div>
    </div>
  );
}
