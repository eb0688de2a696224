// npm start: installs, builds, serves the comparison app, prints its address as the last line.
import { join } from "node:path";
import { pnpm, root } from "./pnpm.mjs";
import { serve } from "./serve.mjs";
import { setup } from "./setup.mjs";

function portOf(text) {
  if (text === undefined || text === "") return 4173;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  console.error(`basin: PORT is ${JSON.stringify(text)}; give a whole number from 0 to 65535.`);
  process.exit(2);
}

const port = portOf(process.env.PORT);
setup();
console.log("basin: building.");
const code = pnpm(["exec", "turbo", "run", "build", "--filter=@basin/compare", "--output-logs=errors-only"], {
  stdio: ["ignore", "inherit", "inherit"],
});
if (code !== 0) {
  console.error("basin: building failed; see the lines above.");
  process.exit(code);
}
const { server, url } = await serve(join(root, "apps/compare/dist"), { port });
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
console.log("basin: serving the comparison. Ctrl-C stops it.");
console.log(url);
