import type { TablerIcon } from "@tabler/icons-react";
import classes from "./Chips.module.css";

interface ChipsProps<T extends string> {
  label: string;
  showLabel?: boolean;
  options: { value: T; label: string; detail?: string; icon?: TablerIcon }[];
  value: T | null;
  onChange: (value: T | null) => void;
  /** Pressing the chosen one again chooses none. */
  canClear?: boolean;
  /** One below the other, for whole sentences; or side by side, each as wide as the others. */
  layout?: "stacked" | "even";
}

/** One choice of a few, each a thumb wide. */
export function Chips<T extends string>(props: ChipsProps<T>) {
  const { label, showLabel, options, value, onChange, canClear = false, layout } = props;
  return (
    <fieldset className={classes.group}>
      <legend className={showLabel ? classes.label : "visually-hidden"}>{label}</legend>
      <div className={classes.chips} data-layout={layout}>
        {options.map(({ value: own, label: words, detail, icon: Icon }) => (
          <button
            key={own}
            type="button"
            className={classes.chip}
            aria-pressed={own === value}
            onClick={() => onChange(own === value && canClear ? null : own)}
          >
            {Icon && <Icon size={20} stroke={1.8} aria-hidden="true" />}
            <span>
              {words}
              {detail && <small>{detail}</small>}
            </span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}
