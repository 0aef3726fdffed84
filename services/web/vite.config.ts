import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { brotli } from "./build/brotli.ts";
import { lateStyles } from "./build/lateStyles.ts";
import { mantineStyles } from "./build/mantineStyles.ts";
import { pagesFile } from "./build/pages.ts";

// `npm run dev` talks to a Pennydrop that runs beside it; PENNYDROP_URL says where.
const api = process.env.PENNYDROP_URL ?? "http://localhost:8000";

const STYLES = /\.css(\?|$)/;

/** Writes sw.js with the list of what this build made, and a version that changes with it. */
function serviceWorker(): Plugin {
  return {
    name: "pennydrop-service-worker",
    apply: "build",
    generateBundle(_options, bundle) {
      const files = ["/", "/icon.svg", "/manifest.webmanifest"];
      for (const name of Object.keys(bundle)) if (name.startsWith("assets/")) files.push(`/${name}`);
      const list = JSON.stringify(files.sort());
      const version = createHash("sha256").update(list).digest("hex").slice(0, 12);
      const source = readFileSync(new URL("src/sw.js", import.meta.url), "utf8")
        .replace("self.__FILES__", list)
        .replace("__VERSION__", version);
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}

export default defineConfig({
  plugins: [react(), mantineStyles(), lateStyles(), pagesFile(), serviceWorker(), brotli()],
  resolve: { alias: { "~": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { port: 5173, proxy: { "/api": { target: api, changeOrigin: false }, "/media": api } },
  build: {
    target: "es2022",
    manifest: true,
    sourcemap: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      preserveEntrySignatures: false,
      output: {
        // Dozens of files of half a kilobyte cost more trips over a slow line than they save bytes: small ones that
        // some pages share are printed into each of them (they still are one module), and so a page is 15 files, not 50.
        codeSplitting: {
          experimentalInlineCommonChunks: { maxSize: 30_000, exclude: STYLES },
          groups: [
            { name: "icons", test: /@tabler\/icons-react/, minShareCount: 2, priority: 1 },
            {
              name: "frame",
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|openapi-fetch)\//,
              priority: 3,
            },
            {
              name: "kit",
              // What floats is wanted by many pages, but by none of them at first.
              test: (id) =>
                /node_modules|src\/(api|shared|app)\//.test(id) &&
                !/@floating-ui|remove-scroll|components\/(Popover|Menu|Modal|FocusTrap|Portal)/.test(id),
              minShareCount: 24,
              priority: 1,
            },
            // What every page begins with.
            { name: "app", tags: ["$initial"], priority: 2 },
            // First of all styles, so that what pages say of themselves has the last word.
            { name: "mantine", test: /mantine-used\.css/, priority: 4 },
            { name: "looks", test: STYLES, minShareCount: 3, priority: 0 },
          ],
        },
      },
    },
  },
  test: { environment: "node", include: ["src/**/*.test.ts", "src/**/*.test.tsx"] },
});
