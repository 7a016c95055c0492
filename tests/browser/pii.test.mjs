// The detector in the page, in a real browser: it finds what the server finds, in the same labelled cases
// that web/pii/pii.test.mjs goes through under Node, and asks nobody but its own origin for anything.

import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
const golden = JSON.parse(readFileSync(join(root, "tests/suite/pii/findings.json")));

/** The files of web/ under a policy like the chat's, and an empty page. */
async function files() {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = join(root, "web", pathname);
    response.setHeader("content-security-policy", "default-src 'none'; script-src 'self'");
    if (pathname === "/") return response.setHeader("content-type", "text/html").end("<!doctype html><title>A page</title>");
    if (!pathname.endsWith(".js") || !existsSync(file)) return response.writeHead(404).end();
    return response.setHeader("content-type", "text/javascript; charset=utf-8").end(readFileSync(file));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

test("a browser finds what the server finds, to the character", async (context) => {
  const server = await files();
  const browser = await chromium.launch({
    executablePath: process.env.CECE_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"],
  });
  context.after(async () => {
    await browser.close();
    server.close();
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  const page = await browser.newPage();
  const asked = new Set();
  const faults = [];
  page.on("request", (request) => asked.add(new URL(request.url()).pathname));
  page.on("pageerror", (fault) => faults.push(String(fault)));
  await page.goto(`${origin}/`);
  asked.delete("/");

  const early = await page.evaluate(async () => {
    const { findPersonalData } = await import("/pii/index.js");
    return findPersonalData("");
  });
  assert.deepEqual(early, []);
  assert.ok(!asked.has("/pii/words.js"), "the word lists are not loaded before somebody writes");

  const found = await page.evaluate(async ({ own, cases }) => {
    const { findPersonalData, loadWords } = await import("/pii/index.js");
    await loadWords();
    return cases.map(([text]) => findPersonalData(text, { own }).map(({ kind, start, end }) => [kind, start, end]));
  }, golden);
  const wrong = golden.cases.flatMap(([text, wanted], nth) =>
    (JSON.stringify(found[nth]) === JSON.stringify(wanted) ? [] : [{ text, wanted, found: found[nth] }]));
  assert.deepEqual(wrong, []);
  assert.equal(found.length, golden.cases.length);
  assert.deepEqual(faults, []);
  assert.ok(asked.has("/pii/words.js"));
});
