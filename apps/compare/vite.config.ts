// The app's build: workspace packages are bundled from source, so that one build covers page and workers.
import { fileURLToPath } from "node:url";
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

/** What the page holds in the place of the one large data set: it reads settings and computes no loss, so it hardly ever needs it. */
const onDemand = `
let whole, asked = false;
export const digits = () => {
  if (whole !== undefined) return whole();
  asked = true;
  throw new Error("the digits could not be loaded, so their weights cannot be counted: give the budget as a number of evaluations.");
};
export const lacksDigits = () => asked && whole === undefined;
export const loadDigits = async () => { ({ digits: whole } = await import("@basin/digits")); };
`;
const atOnce = "export const lacksDigits = () => false; export const loadDigits = async () => {};";

/**
 * The data are bundled for the workers (in a build, `plugins` holds for the page and not for its workers); the page gets them in a chunk of
 * their own, for budgets in multiples of the number of weights.
 */
function largeDataOnDemand(): Plugin {
  const module = "\0digits";
  let isBuild = true;
  return {
    name: "large-data-on-demand",
    enforce: "pre",
    configResolved: ({ command }) => void (isBuild = command === "build"),
    resolveId(id, importer) {
      if (id === "virtual:digits" || (id === "@basin/digits" && isBuild && importer !== module))
        return module;
      return id === "@basin/digits" && importer === module
        ? this.resolve(id, fileURLToPath(import.meta.resolve("@basin/problems")), { skipSelf: true })
        : undefined;
    },
    load: (id) => (id === module ? (isBuild ? onDemand : atOnce) : undefined),
  };
}

export default defineConfig({
  base: "./",
  resolve: { conditions: ["@basin/source", ...defaultClientConditions] },
  plugins: [contentSecurityPolicy, largeDataOnDemand()],
  worker: { format: "es" },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
});
