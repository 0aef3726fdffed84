import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const CORE = dirname(createRequire(import.meta.url).resolve("@mantine/core/styles.css"));
const SOURCES = fileURLToPath(new URL("../src", import.meta.url));
const ASKED = "virtual:mantine.css";
const FOUND = "/@mantine-used.css";

/** What no component names, and every component needs. */
const ALWAYS = ["baseline", "default-css-variables", "global"];

/**
 * `import "virtual:mantine.css"`: the styles of those Mantine components that the app uses, in the order that
 * Mantine's own styles.css has them. That one holds a hundred components, of which every phone would wait for all.
 * While developing it is taken whole, so that a component can be tried without a restart.
 */
export function mantineStyles(): Plugin {
  let whole = false;
  return {
    name: "pennydrop-mantine-styles",
    configResolved: ({ command }) => {
      whole = command === "serve";
    },
    resolveId: (id) => (id === ASKED ? FOUND : null),
    load: (id) => {
      if (id !== FOUND) return null;
      const styles = readFileSync(join(CORE, "styles.css"), "utf8");
      return whole ? styles : usedStyles(styles);
    },
  };
}

function usedStyles(all: string): string {
  const used = new Set([...ALWAYS, ...stylesOf(importedNames(SOURCES))]);
  return readdirSync(join(CORE, "styles"))
    .filter((file) => !file.includes(".layer.") && used.has(file.replace(".css", "")))
    .map((file) => readFileSync(join(CORE, "styles", file), "utf8").trim())
    .map((text) => ({ text, at: all.indexOf(text) }))
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text)
    .join("\n");
}

/** The names that our sources import from Mantine. */
function importedNames(folder: string): Set<string> {
  const names = new Set<string>();
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!/(?<!\.test)\.tsx?$/.test(entry)) continue;
    const text = readFileSync(join(folder, entry), "utf8");
    for (const [, list = ""] of text.matchAll(/import\s*\{([^}]*)\}\s*from\s*"@mantine\/core"/g))
      for (const name of list.split(",")) names.add(name.replace(/^\s*type\s/, "").trim());
  }
  return names;
}

/** The style files of some components and of all that they are made of, found by following Mantine's imports. */
function stylesOf(names: Set<string>): Set<string> {
  const index = join(CORE, "esm/index.mjs");
  const seen = new Set<string>();
  const styles = new Set<string>();
  const follow = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const style = /([^/\\]+)\.module\.mjs$/.exec(file)?.[1];
    if (style) styles.add(style);
    else
      for (const [, from = ""] of readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)"/g))
        follow(join(dirname(file), from));
  };
  for (const [, list = "", from = ""] of readFileSync(index, "utf8").matchAll(
    /import \{([^}]*)\} from "(\.[^"]+)"/g,
  ))
    if (list.split(",").some((name) => names.has(name.trim()))) follow(join(CORE, "esm", from));
  return styles;
}
