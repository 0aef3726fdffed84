import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";

/** The part of a page that its address names (`#…`), brought into view once `there` says that it is drawn. */
export function useNamed(there: boolean): string {
  const named = useLocation({ select: ({ hash }) => hash });
  useEffect(() => {
    if (there && named) document.getElementById(named)?.scrollIntoView({ block: "center" });
  }, [there, named]);
  return named;
}
