// What the browser tests share: a server of their own with a few intents, a council's page on another
// origin under a strict policy, Chromium, and a chat as a person uses it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
/** Where pictures of each state go; not part of the repository. */
export const pictures = join(root, "build/browser");
mkdirSync(pictures, { recursive: true });

// Enough for every kind of turn, few enough to train at once.
const KEPT = [
  "waste/missed-bin.toml",
  "waste/bin-collection-day.toml",
  "highways/pothole.toml",
  "streetscene/fly-tipping.toml",
  "customer-services/talk-to-person.toml",
  "emergency/fire.toml",
  "emergency/gas.toml",
  "none/off-topic.toml",
];

function smallContent(folder) {
  cpSync(join(root, "intents"), folder, { recursive: true });
  rmSync(join(folder, "danger.toml")); // takes longer to learn than all that is kept
  for (const department of readdirSync(folder)) {
    if (!statSync(join(folder, department)).isDirectory()) continue;
    for (const file of readdirSync(join(folder, department))) {
      if (file !== "department.toml" && !KEPT.includes(`${department}/${file}`)) rmSync(join(folder, department, file));
    }
  }
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** A server with a store of its own. `settings` is TOML; `change(folder)` may alter the content. */
export class Server {
  static async start({ settings = "", limits = "", change = () => {}, origins = [] } = {}) {
    const server = new Server();
    server.folder = mkdtempSync(join(tmpdir(), "cece-browser-"));
    smallContent(join(server.folder, "intents"));
    change(join(server.folder, "intents"));
    server.port = await freePort();
    // Of the same site as the council's page, as an assistant.example.gov.uk is to www.example.gov.uk;
    // browsers keep nothing for the frames of other sites.
    server.url = `http://localhost:${server.port}`;
    const burst = "turns_burst = 1e9\nturns_per_second = 1e9\nconnections_burst = 1e9\nconnections_per_second = 1e9";
    writeFileSync(join(server.folder, "cece.toml"), [
      `listen = "127.0.0.1:${server.port}"`,
      `intents = "${server.folder}/intents"`,
      // For all servers of these tests: without optimisation an encoding takes a tenth of a second.
      `encodings = "${root}/build/encodings"`,
      `register = "${root}/transcripts/retention.toml"`,
      `data = "${server.folder}/live"`,
      `keys = "${server.folder}/keys"`,
      "free_space_floor_bytes = 1048576",
      `origins = ${JSON.stringify(origins)}`,
      settings,
      `[limits]\n${limits.includes("turns_burst") ? limits : `${burst}\n${limits}`}`,
    ].join("\n"));
    await server.up();
    return server;
  }

  async up() {
    const binary = process.env.CECE_BINARY ?? join(root, "target/debug/cece");
    if (!existsSync(binary)) throw new Error(`${binary} is missing: run 'cargo build' first, or name one in CECE_BINARY`);
    this.process = spawn(binary, ["--config", join(this.folder, "cece.toml")], { stdio: ["ignore", "ignore", "pipe"] });
    this.log = "";
    this.process.stderr.on("data", (data) => { this.log += data; });
    for (;;) {
      if (this.process.exitCode !== null) throw new Error(`the server did not start:\n${this.log}`);
      try {
        if ((await fetch(`http://127.0.0.1:${this.port}/readyz`)).ok) return;
      } catch { /* not yet */ }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async down(signal = "SIGTERM") {
    if (this.process.exitCode !== null || this.process.signalCode) return;
    this.process.kill(signal);
    await once(this.process, "exit");
  }

  async stop() {
    await this.down();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * A council's site on an origin of its own, under a policy that allows the assistant's script and
 * frame and nothing else. `/two` is a second page; the query becomes data- attributes, and `integrity`
 * the hash that the loader is held to.
 */
export async function councilSite(assistant) {
  const site = createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    if (url.pathname === "/favicon.ico") return response.writeHead(204).end();
    const options = [...url.searchParams]
      .map(([name, value]) => (name === "integrity" ? ` crossorigin="anonymous" integrity="${value}"` : ` data-${name}="${value}"`))
      .join("");
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; script-src ${assistant()}; frame-src ${assistant()}; base-uri 'none'`,
    });
    return response.end(`<!doctype html><html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1"><title>Page ${url.pathname}</title></head>
      <body><main><h1>A council</h1><p>Words of the council’s own.</p><p><a href="/two">Another page</a></p></main>
      <script async src="${assistant()}/embed.js"${options}></script></body></html>`);
  });
  site.listen(0, "localhost");
  await once(site, "listening");
  return { url: `http://localhost:${site.address().port}`, stop: () => { site.closeAllConnections(); site.close(); } };
}

/** Debian's Chromium, or the one that CECE_CHROMIUM names. */
export async function openBrowser() {
  const executablePath = process.env.CECE_CHROMIUM ?? "/usr/bin/chromium";
  const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"];
  return chromium.launch({ executablePath, args });
}

/** What went wrong in a page, and what it asked of whom. */
export function watch(page) {
  const seen = { errors: [], hosts: new Set() };
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (message) => {
    // A connection that is refused while the server is down is no fault of the page.
    if (message.type() === "error" && !/net::ERR_|WebSocket connection/.test(message.text())) seen.errors.push(message.text());
  });
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== "data:" && protocol !== "blob:") seen.hosts.add(host);
  });
  page.on("websocket", (socket) => seen.hosts.add(new URL(socket.url()).host));
  return seen;
}

/** The chat in a page or in the frame that the loader added. */
export class Chat {
  constructor(scope, page) {
    this.scope = scope;
    this.page = page;
    this.log = scope.locator("#log");
    this.input = scope.locator("#text");
  }

  /** In full at `/`. */
  static async full(page, server, query = "") {
    await page.goto(`${server.url}/${query}`);
    const chat = new Chat(page, page);
    await chat.ready();
    return chat;
  }

  /** Opened by the launcher on the page that is shown. */
  static async launched(page) {
    await page.locator("cece-chat button").click();
    return Chat.inFrame(page);
  }

  static async inFrame(page) {
    const chat = new Chat(page.frameLocator("cece-chat iframe:not([hidden])"), page);
    await chat.ready();
    return chat;
  }

  ready() { return this.scope.locator("#log .assistant .words").first().waitFor(); }

  /** Says it, and waits until it is acknowledged and answered. */
  async say(text, { answered = true } = {}) {
    const before = await this.log.locator(".assistant, .card").count();
    await this.input.fill(text);
    await this.input.press("Enter");
    if (!answered) return;
    await this.log.locator(".assistant, .card").nth(before).waitFor();
    await this.settled();
  }

  /** Nothing is on its way. */
  settled() {
    return this.scope.locator(".sending").first().waitFor({ state: "detached" });
  }

  async choose(label) {
    const before = await this.log.locator(".assistant, .card").count();
    await this.log.locator(".choices button:not([aria-disabled=true])", { hasText: label }).click();
    await this.log.locator(".assistant, .card").nth(before).waitFor();
    await this.settled();
  }

  /** What the resident said, as it is shown. */
  own() { return this.log.locator(".resident .words").allTextContents(); }

  /** What the assistant said. */
  said() { return this.log.locator(".assistant .words").allTextContents(); }

  async option(id) {
    await this.scope.locator("#options").click();
    await this.scope.locator(`#${id}`).click();
  }

  agree() { return this.scope.locator("#ask button.second").click(); }
}

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
/** What the law asks for. */
export const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function isInSight(frame) {
  if (!frame.parentFrame()) return true;
  try {
    return await (await frame.frameElement()).isVisible();
  } catch (error) {
    // The loader takes its hidden frame away as soon as that has answered.
    if (frame.isDetached()) return false;
    throw error;
  }
}

/** The page and the frames in it that somebody sees. */
export async function framesInSight(page) {
  const inSight = [];
  for (const frame of page.frames()) if (await isInSight(frame)) inSight.push(frame);
  return inSight;
}

/** Violations that axe-core finds, in words; in every frame of the page that is in sight. */
export async function violations(page, tags = [...WCAG, "best-practice"]) {
  const found = [];
  for (const frame of await framesInSight(page)) {
    // By the browser's own door: the page's policy allows no script from elsewhere.
    await frame.evaluate(AXE);
    const result = await frame.evaluate((run) => globalThis.axe.run(document, { runOnly: run }), tags);
    for (const { id, nodes } of result.violations) {
      for (const node of nodes) found.push(`${id}: ${node.target.join(" ")}: ${node.failureSummary}`);
    }
  }
  return found;
}

/** A picture of a state, for people to look at. */
export function picture(page, name) {
  return page.screenshot({ path: join(pictures, `${name}.png`), fullPage: false });
}
