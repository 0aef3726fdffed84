import type { Plugin } from "vite";

const STYLES = /<link rel="stylesheet" crossorigin href="([^"]+)">/g;

/**
 * Lets what stands on the page until the app has come be painted with the first bytes: the app's styles, which a
 * browser would wait for, count from when `src/app/styles.ts` says so. They stay the first of all, as the styles
 * of pages come after them and have the last word.
 */
export function lateStyles(): Plugin {
  return {
    name: "pennydrop-late-styles",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html) =>
        html.replace(
          STYLES,
          '<link rel="preload" as="style" crossorigin href="$1">\n' +
            '    <link rel="stylesheet" crossorigin media="not all" href="$1">',
        ),
    },
  };
}
