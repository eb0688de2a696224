// Finds a real Chromium for the tests: $CHROMIUM_PATH, one that is installed, Playwright's own download, or Debian's package when root.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge"];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

function onPath() {
  for (const folder of (process.env.PATH ?? "").split(delimiter))
    for (const name of names) if (folder && existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}

function ofPlaywright() {
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    (process.platform === "darwin"
      ? join(homedir(), "Library/Caches/ms-playwright")
      : join(homedir(), ".cache/ms-playwright"));
  if (!existsSync(cache)) return undefined;
  for (const folder of readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort()
    .reverse())
    for (const inside of [
      "chrome-linux/chrome",
      "chrome-linux64/chrome",
      "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
      "chrome-win/chrome.exe",
    ])
      if (existsSync(join(cache, folder, inside))) return join(cache, folder, inside);
  return undefined;
}

function look() {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined && given !== "") {
    if (!existsSync(given))
      throw new Error(`tests: CHROMIUM_PATH is ${given}, where there is no file; correct it or unset it.`);
    return given;
  }
  return onPath() ?? places.find((place) => existsSync(place)) ?? ofPlaywright();
}

/** Path of a Chromium. Throws an error that says what to install: browser tests are never skipped silently. */
export function findChromium() {
  const found = look();
  if (found === undefined)
    throw new Error(
      "tests: no Chromium was found; install Chrome or Chromium (Debian: apt-get install chromium), run 'npx playwright install chromium', or set CHROMIUM_PATH.",
    );
  return found;
}

/** As findChromium, but as root on Debian it installs the package first where none is found. */
export function ensureChromium() {
  if (look() === undefined && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("tests: no Chromium was found; installing Debian's package.");
    const run = (...args) =>
      spawnSync("apt-get", args, {
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      });
    run("update", "-q");
    run("install", "-y", "-q", "--no-install-recommends", "chromium");
  }
  return findChromium();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(ensureChromium());
