// Runs a bundled program on other engines: Node (this one and a newer one) and Bun as processes, Chromium and Firefox as pages that post their result.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createServer } from "node:http";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "../chromium.mjs";

/** Bun, pinned: an npm package with JavaScriptCore inside. */
const bun = "bun@1.4.5";

/** The newest Node when this was written: another V8, years after the oldest that basin runs on. */
const newestNode = "node@26.10.0";

export function onNewestNode(program: string): string {
  return printed("npx", ["--yes", "--prefer-offline", newestNode, program]);
}

export function onNode(program: string): string {
  return printed(process.execPath, [program]);
}

export function onBun(program: string): string {
  return printed("npx", ["--yes", "--prefer-offline", bun, program]);
}

function printed(command: string, args: readonly string[]): string {
  const child = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (child.status !== 0)
    throw new Error(
      `${command} ${args.join(" ")} ended with ${child.status ?? child.error?.message}: ${child.stderr}`,
    );
  return child.stdout;
}

const page = "<!doctype html><title>fingerprints</title><script type=module src=/program.mjs></script>";

/** Ends a browser with the processes that it started. */
async function ended(browser: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => void browser.once("exit", resolve));
  if (browser.exitCode !== null || browser.pid === undefined) return;
  process.kill(-browser.pid, "SIGKILL");
  await gone;
}

/** Serves the program to a browser and waits for what it posts. */
async function inPage(
  program: string,
  open: (url: string, profile: string) => ChildProcess,
): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), "basin-engine-"));
  let browser: ChildProcess | undefined;
  const server = createServer();
  try {
    return await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("the page posted nothing within two minutes")), 120_000);
      server.on("request", (request, response) => {
        if (request.url === "/fingerprints") {
          let body = "";
          request.setEncoding("utf8").on("data", (text: string) => (body += text));
          request.on("end", () => {
            clearTimeout(late);
            response.end();
            resolve(body);
          });
          return;
        }
        const script = request.url === "/program.mjs";
        response.setHeader("content-type", script ? "text/javascript" : "text/html");
        response.end(script ? readFileSync(program) : page);
      });
      server.listen(0, "127.0.0.1", () => {
        browser = open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, profile);
        browser.once("error", reject);
      });
    });
  } finally {
    if (browser !== undefined) await ended(browser);
    server.close();
    server.closeAllConnections();
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

export function onChromium(program: string): Promise<string> {
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ];
  return inPage(program, (url, profile) =>
    spawn(findChromium(), [...flags, `--user-data-dir=${profile}`, url], { stdio: "ignore", detached: true }),
  );
}

/** Debian's Firefox, installed first where it is missing and this is root. */
function findFirefox(): string {
  const places = [
    process.env["FIREFOX_PATH"] ?? "",
    "/usr/bin/firefox-esr",
    "/usr/bin/firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
  ];
  const look = (): string | undefined => places.find((place) => place !== "" && existsSync(place));
  if (look() === undefined && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-q"], { stdio: "ignore", env });
    spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "firefox-esr"], {
      stdio: "ignore",
      env,
    });
  }
  const found = look();
  if (found === undefined)
    throw new Error(
      "engines: no Firefox was found; install it (Debian: apt-get install firefox-esr) or set FIREFOX_PATH.",
    );
  return found;
}

export function onFirefox(program: string): Promise<string> {
  const firefox = findFirefox();
  return inPage(program, (url, profile) =>
    spawn(firefox, ["--headless", "--no-remote", "--profile", profile, url], {
      stdio: "ignore",
      detached: true,
      env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: "1" },
    }),
  );
}
