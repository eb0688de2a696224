// A small static server for the built app: any static host does as well.
import { createServer } from "node:http";
import { createReadStream, existsSync, statSync } from "node:fs";
import { extname, join, normalize, sep } from "node:path";

const types = {
  ".html": "text/html; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

function fileOf(folder, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return undefined;
  }
  const file = normalize(join(folder, path.endsWith("/") ? `${path}index.html` : path));
  if (!file.startsWith(normalize(folder) + sep) || file.includes("\0")) return undefined;
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

function answer(folder, request, response) {
  if (request.method !== "GET" && request.method !== "HEAD")
    return void response.writeHead(405, { allow: "GET, HEAD" }).end();
  const file = fileOf(folder, request.url ?? "/");
  if (file === undefined)
    return void response
      .writeHead(404, { "content-type": "text/plain; charset=utf-8" })
      .end("There is nothing here.\n");
  const hashed = /-[\w-]{8,}\.\w+$/.test(file);
  response.writeHead(200, {
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "content-length": statSync(file).size,
    "cache-control": hashed ? "public, max-age=31536000, immutable" : "no-cache",
    "x-content-type-options": "nosniff",
  });
  if (request.method === "HEAD") return void response.end();
  createReadStream(file)
    .on("error", () => response.destroy())
    .pipe(response);
}

/**
 * Serves `folder` on `port`, or on the next free one, on this machine only (`host` overrides).
 * Resolves to { server, url }.
 */
export async function serve(folder, { port = 4173, host = "localhost" } = {}) {
  for (let candidate = port; candidate < port + 100; candidate++) {
    const server = createServer((request, response) => answer(folder, request, response));
    const taken = await new Promise((resolve, reject) => {
      server.once("error", (error) =>
        error.code === "EADDRINUSE" || error.code === "EACCES" ? resolve(true) : reject(error),
      );
      server.listen(candidate, host, () => resolve(false));
    });
    if (!taken) return { server, url: `http://${host}:${server.address().port}/` };
    if (port === 0) break;
  }
  throw new Error(`serve: ports ${port} to ${port + 99} are all taken; set PORT to a free one.`);
}
