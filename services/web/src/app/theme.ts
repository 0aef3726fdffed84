import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  mergeThemeOverrides,
} from "@mantine/core";
import type { CSSProperties } from "react";

/** The one colour of actions. */
const leaf: MantineColorsTuple = [
  "#eff5f0",
  "#dce9df",
  "#b9d4c1",
  "#93bea0",
  "#73ab85",
  "#5c9d72",
  "#418459",
  "#2f6f48",
  "#1f5a38",
  "#144429",
];

/** Moments and clips, and nothing else: the eye should find them at once. */
const copper: MantineColorsTuple = [
  "#fdf3ea",
  "#f8e3d1",
  "#efc7a4",
  "#e5a974",
  "#dd914f",
  "#d98a4a",
  "#b8621b",
  "#9a4f14",
  "#7d3f10",
  "#5f2f0b",
];

/** For what can't be undone and what went wrong: brick, as warm as the paper. */
const red: MantineColorsTuple = [
  "#fbeee9",
  "#f6ddd4",
  "#eabbab",
  "#de967f",
  "#d1745a",
  "#c35a40",
  "#a83a24",
  "#a1301f",
  "#952a1b",
  "#8a2417",
];

const gray: MantineColorsTuple = [
  "#fbf8f2",
  "#f4efe5",
  "#ebe4d7",
  "#ddd4c4",
  "#c6bba8",
  "#a1967f",
  "#7c7362",
  "#5e574a",
  "#423d34",
  "#2a2721",
];

const dark: MantineColorsTuple = [
  "#f1ece2",
  "#ddd6c8",
  "#b8b0a0",
  "#8f8778",
  "#5a5448",
  "#3f3a31",
  "#2e2a23",
  "#211e19",
  "#181612",
  "#100f0c",
];

const sans =
  '-apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", Cantarell, Ubuntu, "Liberation Sans", "DejaVu Sans Condensed", system-ui, sans-serif';
const serif =
  'ui-serif, "New York", "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, "Noto Serif", "Liberation Serif", "DejaVu Serif Condensed", serif';

const growsByItself = typeof CSS !== "undefined" && CSS.supports("field-sizing", "content");

interface Lines {
  minRows?: number;
  maxRows?: number;
}

/** How high a field of text is at least and at most, in lines. */
function grown({ minRows, maxRows }: Lines): CSSProperties {
  const lines = (count: number) => `calc(${count} * 1lh + 2 * var(--input-padding-y, 0px) + 2px)`;
  return {
    fieldSizing: "content",
    minHeight: `max(44px, ${lines(minRows ?? 2)})`,
    ...(maxRows ? { maxHeight: lines(maxRows) } : {}),
  } as CSSProperties;
}

export const theme = createTheme({
  colors: { leaf, copper, red, gray, dark },
  primaryColor: "leaf",
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  fontFamily: sans,
  headings: {
    fontFamily: serif,
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "2rem", lineHeight: "1.2" },
      h2: { fontSize: "1.4rem", lineHeight: "1.3" },
      h3: { fontSize: "1.15rem", lineHeight: "1.35" },
    },
  },
  // 16 px is the smallest text anywhere.
  fontSizes: { xs: "1rem", sm: "1rem", md: "1rem", lg: "1.15rem", xl: "1.35rem" },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "8px", md: "12px", lg: "18px", xl: "28px" },
  cursorType: "pointer",
  components: {
    Button: { defaultProps: { size: "md" } },
    ActionIcon: { defaultProps: { size: 44, variant: "subtle" } },
    TextInput: { defaultProps: { size: "md" } },
    PasswordInput: { defaultProps: { size: "md", rightSectionWidth: 48 } },
    // Where the browser makes a field grow with its text by itself, nothing is measured at every key.
    Textarea: growsByItself
      ? {
          defaultProps: { size: "md", minRows: 2 },
          styles: (_theme: unknown, props: Lines) => ({ input: grown(props) }),
        }
      : { defaultProps: { size: "md", autosize: true, minRows: 2 } },
    Select: { defaultProps: { size: "md" } },
    NativeSelect: { defaultProps: { size: "md" } },
    Modal: { defaultProps: { centered: true, radius: "lg", closeButtonProps: { "aria-label": "Close" } } },
    Drawer: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    // Opened again, a dropdown is first drawn where it was computed while it had no size. Were it laid out in
    // the page, it could stick out of it there: a phone widens the page for that, and the two chase each other.
    Popover: { defaultProps: { floatingStrategy: "fixed" } },
    Menu: { defaultProps: { radius: "md", shadow: "md", withInitialFocusPlaceholder: false } },
    Skeleton: { defaultProps: { radius: "md" } },
  },
});

/** In the dark the green is light, and what is written on it dark. */
export const darkTheme = mergeThemeOverrides(theme, { primaryShade: 4 });

/** Colours with a meaning, so that components never name a shade. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#faf6ee",
    "--mantine-color-text": "#23211c",
    "--mantine-color-dimmed": "#5e574a",
    "--mantine-color-error": "#a1301f",
    "--mantine-color-placeholder": "#756c5b",
    "--pd-card": "#fffdf9",
    "--pd-sunk": "#f4eee2",
    "--pd-line": "#e5dccb",
    "--pd-action": "#1f5a38",
    "--pd-action-soft": "#e4eee6",
    "--pd-copper": "#b8621b",
    "--pd-copper-ink": "#8a4611",
    "--pd-copper-soft": "#f9e9da",
    "--pd-shadow": "0 1px 2px rgb(60 45 20 / 6%), 0 6px 20px rgb(60 45 20 / 6%)",
  },
  dark: {
    "--mantine-color-body": "#181612",
    "--mantine-color-text": "#f1ece2",
    "--mantine-color-dimmed": "#b8b0a0",
    "--mantine-color-error": "#ff9a87",
    "--pd-card": "#211e19",
    "--pd-sunk": "#100f0c",
    "--pd-line": "#3a352c",
    "--pd-action": "#8cc29d",
    "--pd-action-soft": "#24362a",
    "--pd-copper": "#e0965a",
    "--pd-copper-ink": "#f0b98a",
    "--pd-copper-soft": "#3d2a19",
    "--pd-shadow": "0 1px 2px rgb(0 0 0 / 40%), 0 6px 20px rgb(0 0 0 / 30%)",
  },
});
