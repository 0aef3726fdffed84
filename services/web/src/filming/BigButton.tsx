import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./BigButton.module.css";

interface BigButtonProps {
  kind: "first" | "plain" | "quiet";
  icon?: ReactNode;
  children: ReactNode;
  /** Undefined for one around a file input. */
  onClick?: () => void;
  autoFocus?: boolean;
}

/** A button in the dark, for a thumb. */
export function BigButton({ kind, icon, children, onClick, autoFocus = false }: BigButtonProps) {
  return (
    <UnstyledButton
      component={onClick ? "button" : "label"}
      className={classes.button}
      data-kind={kind}
      data-autofocus={autoFocus || undefined}
      onClick={onClick}
    >
      {icon}
      {children}
    </UnstyledButton>
  );
}
