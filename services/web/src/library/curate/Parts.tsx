import { Link } from "@tanstack/react-router";
import classes from "./PartPage.module.css";

const PARTS = [
  { to: "/steps/curate", label: "Steps" },
  { to: "/steps/curate/goals", label: "Goals" },
  { to: "/steps/curate/words", label: "Our words" },
  { to: "/steps/curate/sequences", label: "Step by step" },
] as const;

/** The parts of the library that can be looked after. */
export function Parts() {
  return (
    <nav aria-label="Parts of the library">
      <ul className={classes.parts}>
        {PARTS.map(({ to, label }) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: true }} activeProps={{ "aria-current": "page" }}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
