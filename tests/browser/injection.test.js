// Nothing that anybody writes becomes markup, a script or an address to be followed: a corpus of
// injection strings through every field that reaches the page. And the limits that a person meets.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Chat, Server, councilSite, openBrowser, picture, watch } from "./harness.js";

const CORPUS = [
  "<script>globalThis.harmed=1</script>",
  "<img src=x onerror=globalThis.harmed=1>",
  "<svg/onload=globalThis.harmed=1>",
  "\"><img src=x onerror=globalThis.harmed=1>",
  "'-globalThis.harmed=1-'",
  "</textarea><script>globalThis.harmed=1</script>",
  "</p></div></body><iframe srcdoc='<script>parent.harmed=1</script>'>",
  "<iframe src=\"javascript:parent.harmed=1\">",
  "<a href=\"javascript:globalThis.harmed=1\">x</a>",
  "[x](javascript:globalThis.harmed=1)",
  "javascript:globalThis.harmed=1",
  "data:text/html,<script>globalThis.harmed=1</script>",
  "${globalThis.harmed=1}{{constructor.constructor('globalThis.harmed=1')()}}",
  "<math><mi//xlink:href=\"data:x,<script>globalThis.harmed=1</script>\">",
  "&lt;script&gt;globalThis.harmed=1&lt;/script&gt;",
  "\u003cscript\u003eglobalThis.harmed=1\u003c/script\u003e",
  "<style>@import 'http://evil.example/x.css';</style>",
  "<meta http-equiv=refresh content='0;url=http://evil.example'>",
  "<base href='http://evil.example/'>",
  "<form action=http://evil.example><button>x</button></form>",
  "\u202egpj.exe\u202c <b>bold</b>",
  "__proto__ constructor prototype",
];

let browser;

before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

async function page_(run, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const seen = watch(page);
  try {
    await run(page, seen, context);
    for (const frame of page.frames()) assert.equal(await frame.evaluate(() => globalThis.harmed), undefined);
  } finally {
    await context.close();
  }
}

/** Nothing in the log but what the page makes, and no address but of a web page, mail or telephone. */
const odd = (scope) => scope.locator("body").evaluate((body) => {
  const made = ["A", "BUTTON", "DD", "DIV", "DL", "DT", "H3", "LI", "MARK", "P", "SECTION", "SPAN", "TIME", "UL"];
  const log = body.querySelector("#log");
  const tags = [...log.querySelectorAll("*")].map((one) => one.tagName).filter((tag) => !made.includes(tag));
  const handlers = [...body.querySelectorAll("*")].flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith("on"));
  const links = [...body.querySelectorAll("a[href]")].map((one) => one.protocol).filter((one) => !["http:", "https:", "tel:", "mailto:"].includes(one));
  return [...tags, ...handlers, ...links];
});

test("what a resident writes is shown as they wrote it, live and after a reload", async () => {
  const server = await Server.start();
  try {
    await page_(async (page) => {
      const chat = await Chat.full(page, server);
      for (const text of CORPUS) {
        await chat.say(text);
        if (await chat.scope.locator("#ask[open]").count()) await chat.agree();
      }
      assert.deepEqual(await chat.own(), CORPUS);
      assert.deepEqual(await odd(chat.scope), []);
      await page.reload();
      await chat.log.locator(".resident").nth(CORPUS.length - 1).waitFor();
      assert.equal((await chat.own()).length, CORPUS.length);
      assert.deepEqual(await odd(chat.scope), []);
    });
  } finally {
    await server.stop();
  }
});

test("what stands in the settings is shown as text, and so is what the server says about personal data", async () => {
  const nasty = CORPUS.join(" ");
  const settings = `[site]\ntitle = ${JSON.stringify(nasty)}\ntitle_cy = "x"\ncontact_url = ${JSON.stringify("https://x.example/\"><script>globalThis.harmed=1</script>")}`;
  const server = await Server.start({ settings });
  try {
    await page_(async (page, seen) => {
      await page.route("**/site/main/words*", async (route) => {
        const words = await (await route.fetch()).json();
        for (const warning of Object.values(words.warnings)) Object.assign(warning, { what: nasty, advice: nasty });
        await route.fulfill({ json: { ...words, privacy_url: "https://x.example/\"><script>globalThis.harmed=1</script>" } });
      });
      const chat = await Chat.full(page, server);
      await page.waitForFunction((title) => document.getElementById("title").textContent === title, nasty);
      await chat.input.fill("my bin wasnt collected, card 4111 1111 1111 1111");
      await chat.scope.locator("#finding:not(:empty)").waitFor();
      await chat.input.press("Enter");
      await chat.scope.locator("#ask[open]").waitFor();
      await picture(page, "injection");
      assert.ok((await page.locator("#ask").textContent()).includes("<img src=x onerror=globalThis.harmed=1>"), "it is shown");
      assert.deepEqual(await odd(chat.scope), []);
      assert.deepEqual([...seen.hosts], [new URL(server.url).host], "nothing is fetched from elsewhere");
    });
  } finally {
    await server.stop();
  }
});

test("content with markup in it does not even load", async () => {
  const change = (folder) => {
    const file = join(folder, "waste/missed-bin.toml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^prompt = "/m, (start) => `${start}<img src=x onerror=globalThis.harmed=1> `));
  };
  await assert.rejects(Server.start({ change }), /missed-bin\.toml:\d+:\d+: error: markup in a text/);
});

test("what a broken or hostile server or officer sends is text too, and odd addresses are no links", async () => {
  const server = await Server.start();
  try {
    await page_(async (page, seen) => {
      await page.routeWebSocket(/\/ws$/, (socket) => {
        const send = (frame) => socket.send(JSON.stringify(frame));
        socket.onMessage((message) => {
          if (JSON.parse(message).type !== "hello") return;
          send({ type: "welcome", conversation: CORPUS[0], token: "t", epoch: 1, head_seq: 1, last_client_seq: 0, reference: CORPUS[1], limits: {}, notice: CORPUS[2], hours: CORPUS[3] });
          let seq = 0;
          for (const text of CORPUS) {
            const links = CORPUS.map((url) => ({ text, url }));
            const choices = CORPUS.slice(0, 2).map((id) => ({ id, label: text }));
            for (const from of ["assistant", "officer", "resident", text]) send({ type: "say", seq: seq += 1, from, text, links, choices });
            send({ type: "redirect", seq: seq += 1, department: text, name: text, contractor: text, phone: text, url: text, queue: text, hours: text, opens: text, reason: text, summary: text, open_now: false, urgent: true });
            send({ type: "warn", findings: [{ kind: text, start: 0, end: 3, advice: text }], text });
            send({ type: "error", code: text, message: text });
          }
        });
      });
      await page.goto(`${server.url}/`);
      await page.locator("#log .card").nth(CORPUS.length - 1).waitFor();
      const scope = { locator: (...words) => page.locator(...words) };
      assert.deepEqual(await odd(scope), []);
      assert.deepEqual([...seen.hosts].filter((host) => host !== new URL(server.url).host), []);
    });
  } finally {
    await server.stop();
  }
});

test("the loader is run only with the right hash, and only configured sites may frame the chat", async () => {
  const server = await Server.start();
  const site = await councilSite(() => server.url);
  try {
    const line = await (await fetch(`${server.url}/embed`)).text();
    const hash = /integrity="(sha384-[^"]+)"/.exec(line)[1];
    const demo = await (await fetch(`${server.url}/demo`)).text();
    assert.ok(demo.includes(hash), "the demonstration site holds the loader to its hash");
    await page_(async (page) => {
      for (const [integrity, runs] of [[hash, true], [`sha384-${"A".repeat(64)}`, false]]) {
        await page.goto(`${site.url}/?integrity=${encodeURIComponent(integrity)}`);
        assert.equal(await page.locator("cece-chat").count(), runs ? 1 : 0, integrity);
      }
      await page.goto(site.url);
      await page.locator("cece-chat button").click();
      await page.waitForTimeout(500);
      const framed = page.frames().find((frame) => frame.url().startsWith(`${server.url}/chat`));
      assert.equal(framed, undefined, "a site that is not configured does not get the chat");
    });
    const { headers } = await fetch(`${server.url}/chat`);
    assert.match(headers.get("content-security-policy"), /frame-ancestors 'self'$/);
    assert.match((await fetch(`${server.url}/`)).headers.get("content-security-policy"), /frame-ancestors 'none'$/);
    assert.equal((await fetch(`${server.url}/chat?site=nobody`)).status, 404);
  } finally {
    site.stop();
    await server.stop();
  }
});

test("a person who writes too fast is told so in plain words, and nothing is lost", async () => {
  const server = await Server.start({ limits: "turns_burst = 2.0\nturns_per_second = 0.5\nconnections_burst = 1e9\nconnections_per_second = 1e9" });
  try {
    await page_(async (page) => {
      const chat = await Chat.full(page, server);
      const sent = ["one pothole", "two potholes", "three potholes", "four potholes"];
      for (const text of sent) await chat.say(text, { answered: false });
      await chat.scope.locator("#status", { hasText: /very fast.*by itself in \d+ second/ }).waitFor();
      await picture(page, "too-fast");
      await chat.settled();
      await page.waitForFunction(() => !document.querySelector(".sending"));
      assert.deepEqual(await chat.own(), sent);
    });
  } finally {
    await server.stop();
  }
});
