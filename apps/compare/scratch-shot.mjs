import { chromium } from "playwright-core";
import { serve } from "../../tools/serve.mjs";
const { server, url } = await serve(process.argv[2] ?? "/tmp/appdist", { port: 4555 });
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
for (const [name, width, height, scheme] of [
  ["d1440", 1440, 1000, "light"],
  ["k1440", 1440, 1000, "dark"],
  ["m360", 360, 780, "light"],
]) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
  page.on("console", (m) => console.log(name, m.type(), m.text()));
  page.on("pageerror", (e) => console.log(name, "ERR", e.message));
  const t = Date.now();
  await page.goto(url + (process.argv[3] ?? ""));
  await page.waitForTimeout(6000);
  await page.screenshot({ path: `/tmp/shot-${name}.png` });
  await page.screenshot({ path: `/tmp/shot-${name}-full.png`, fullPage: true });
}
await browser.close();
server.close();
server.closeAllConnections();
