import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin, Rolldown } from "vite";

const TABLE = fileURLToPath(new URL("../src/app/pages.ts", import.meta.url));
const SOURCES = fileURLToPath(new URL("../src/", import.meta.url));
const LINE =
  /"(?<path>\/[^"]*)": \{\s*code: \(\) => import\("~\/(?<file>[^"]+)"\),?(?:\s*asks: \[(?<asks>[^\]]*)\],?)?\s*\}/g;

/** One page as pages.json has it; addresses as the browser asks for them. */
interface Entry {
  path: string;
  scripts: string[];
  styles: string[];
  asks: string[];
}

/** Writes pages.json: what each page of `src/app/pages.ts` is made of, beyond what every page loads anyway. */
export function pagesFile(): Plugin {
  return {
    name: "pennydrop-pages",
    apply: "build",
    generateBundle(_options, bundle) {
      const chunks = new Map(
        Object.values(bundle)
          .filter((one) => one.type === "chunk")
          .map((chunk) => [chunk.fileName, chunk]),
      );
      const all = [...chunks.values()];
      const app = all.find(({ isEntry }) => isEntry);
      if (!app) this.error("The build has no entry.");
      const always = new Set(madeOf(app, chunks));
      const source = JSON.stringify(
        table().map(({ path, file, asks }): Entry => {
          const page = all.find(({ moduleIds }) => moduleIds.includes(`${SOURCES}${file}.tsx`));
          if (!page) this.error(`${path} names ${file}, which has no chunk of its own.`);
          const own = madeOf(page, chunks).filter((chunk) => !always.has(chunk));
          const styles = own.flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]);
          return {
            path,
            scripts: own.map(({ fileName }) => `/${fileName}`),
            styles: [...new Set(styles)].map((name) => `/${name}`),
            asks: asks.map((address) => `/api/v1${address}`),
          };
        }),
      );
      this.emitFile({ type: "asset", fileName: "pages.json", source });
    },
  };
}

/** The lines of the table, each with what it names. */
function table(): { path: string; file: string; asks: string[] }[] {
  const text = readFileSync(TABLE, "utf8");
  const lines = [...text.matchAll(LINE)].map(({ groups: { path = "", file = "", asks = "" } = {} }) => ({
    path,
    file,
    asks: [...asks.matchAll(/"([^"]+)"/g)].map(([, address = ""]) => address),
  }));
  if (lines.length !== text.split("import(").length - 1)
    throw new Error("build/pages.ts can’t read a line of src/app/pages.ts");
  return lines;
}

/** A chunk and all that it imports, what is wanted first coming first. */
function madeOf(
  chunk: Rolldown.OutputChunk,
  chunks: Map<string, Rolldown.OutputChunk>,
  seen = new Set<Rolldown.OutputChunk>(),
): Rolldown.OutputChunk[] {
  if (seen.has(chunk)) return [];
  seen.add(chunk);
  const imported = chunk.imports.map((name) => chunks.get(name)).filter((one) => one !== undefined);
  return [chunk, ...imported.flatMap((one) => madeOf(one, chunks, seen))];
}
