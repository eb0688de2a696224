// The app's build: workspace packages are bundled from source, so that one build covers page and workers.
import { defaultClientConditions, defineConfig, type Plugin } from "vite";

/** No inline code, no eval, nothing from elsewhere; WebAssembly is allowed for compiled models. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** As a meta tag, because a static host may not let us set headers. Only in the build: Vite's dev server inlines styles. */
const contentSecurityPolicy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: policy },
      injectTo: "head-prepend",
    },
  ],
};

/**
 * The page reads the settings of problems and computes no loss, so the one large data set is bundled for the workers only
 * (in a build, `plugins` holds for the page and not for its workers).
 */
const largeDataInWorkersOnly: Plugin = {
  name: "large-data-in-workers-only",
  apply: "build",
  enforce: "pre",
  resolveId: (id) => (id === "@basin/digits" ? "\0no-digits" : undefined),
  load: (id) =>
    id === "\0no-digits"
      ? "export const digits = () => { throw new Error('the page does not hold the digits, so it cannot count their weights: give the budget as a number of evaluations.'); };"
      : undefined,
};

export default defineConfig({
  base: "./",
  resolve: { conditions: ["@basin/source", ...defaultClientConditions] },
  plugins: [contentSecurityPolicy, largeDataInWorkersOnly],
  worker: { format: "es" },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
});
