import { type ReactNode, type RefObject, Suspense, useEffect, useRef, useState } from "react";

interface LateMenuProps {
  opens?: "menu" | "dialog";
  /** Fetches the code of the menu. */
  load: () => Promise<unknown>;
  /** The button that opens it, while it isn't there yet. */
  closed: (props: StandIn) => ReactNode;
  /** The menu with its own button. It opens itself by `useOpensAtOnce`. */
  menu: ReactNode;
}

interface StandIn {
  "aria-haspopup": "menu" | "dialog";
  "aria-expanded": boolean;
  onPointerEnter: () => void;
  onFocus: () => void;
  onClick: () => void;
}

/** A menu whose code comes when somebody is about to open it: a tenth of a page's code is for menus. */
export function LateMenu({ opens = "menu", load, closed, menu }: LateMenuProps) {
  const [asked, setAsked] = useState(false);
  const fetchIt = () => void load().catch(() => undefined);
  const button = closed({
    "aria-haspopup": opens,
    "aria-expanded": asked,
    onPointerEnter: fetchIt,
    onFocus: fetchIt,
    onClick: () => setAsked(true),
  });
  return asked ? <Suspense fallback={button}>{menu}</Suspense> : button;
}

/** Opens a menu that has just come, and gives its button the focus of the one that it stands for. */
export function useOpensAtOnce(): {
  button: RefObject<HTMLButtonElement | null>;
  opened: boolean;
  onChange: (opened: boolean) => void;
} {
  const button = useRef<HTMLButtonElement>(null);
  const [opened, onChange] = useState(false);
  useEffect(() => {
    button.current?.focus();
    onChange(true);
  }, []);
  return { button, opened, onChange };
}
