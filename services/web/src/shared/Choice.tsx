import type { ComponentProps } from "react";
import classes from "./Choice.module.css";

/** Things to choose one of, below each other. */
export function Choices(props: ComponentProps<"ul">) {
  return <ul className={classes.choices} {...props} />;
}

/** One of them: a button as wide as its list, its name in `b`, what else is to know in `small`. */
export function Choice({ className, ...props }: ComponentProps<"button">) {
  return (
    <button
      type="button"
      className={className ? `${classes.choice} ${className}` : classes.choice}
      {...props}
    />
  );
}
