// npm test: installs, finds a browser, builds, type-checks, lints and tests everything; the last line counts the tests.
import { spawn } from "node:child_process";
import { ensureChromium } from "./chromium.mjs";
import { environment, root } from "./pnpm.mjs";
import { setup } from "./setup.mjs";

setup();
let browser;
try {
  browser = ensureChromium();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

/** Runs turbo over everything; passes its output on and adds up what the test runners say. */
function turbo(tasks) {
  const child = spawn(
    "turbo",
    [
      "run",
      ...tasks,
      "--continue=dependencies-successful",
      "--concurrency=2",
      "--output-logs=full",
      ...process.argv.slice(2),
    ],
    {
      cwd: root,
      env: { ...environment, CHROMIUM_PATH: browser, FORCE_COLOR: "0", NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "inherit"],
      shell: process.platform === "win32",
    },
  );
  const count = { passed: 0, failed: 0 };
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    process.stdout.write(text);
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      // oxlint-disable-next-line no-control-regex -- the escape sequences of colours
      const plain = line.replaceAll(/\u001B\[[\d;]*m/g, "");
      if (!/:\s+Tests\s/.test(plain)) continue;
      for (const word of ["passed", "failed"])
        count[word] += Number(new RegExp(`(\\d+) ${word}`).exec(plain)?.[1] ?? 0);
    }
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, ...count }));
  });
}

const { code, passed, failed } = await turbo(["build", "check", "lint", "test"]);
if (code !== 0) console.error("basin: not everything passed; the lines above name what failed.");
console.log(`${passed} passed, ${failed} failed`);
process.exit(code !== 0 ? code : passed === 0 ? 1 : 0);
