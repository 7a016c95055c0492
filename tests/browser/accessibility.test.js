// WCAG 2.2 AA in every state of the conversation, as far as a machine can tell: axe-core in light,
// dark and forced colours; 320 px, 400 % zoom, reduced motion; how replies are announced.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Chat, Server, WCAG, councilSite, framesInSight, openBrowser, picture, violations } from "./harness.js";

let browser;
let server;
let site;

before(async () => {
  site = await councilSite(() => server.url);
  server = await Server.start({ origins: [site.url] });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  site?.stop();
  await server?.stop();
});

const SCHEMES = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  forced: { colorScheme: "dark", forcedColors: "active" },
};

async function visitor(options, run) {
  const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(20_000);
  try {
    await run(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

/** Every state of a conversation, one after the other; `look(name)` is called in each. */
async function everyState(page, context, look) {
  await page.goto(site.url);
  await page.locator("cece-chat button").waitFor();
  await look("closed");
  const chat = await Chat.launched(page);
  await look("open");
  await chat.input.fill("my card is 4111 1111 1111 1111 and my bin wasnt collected");
  await chat.scope.locator("#finding:not(:empty)").waitFor();
  await look("typing-personal-data");
  await chat.input.press("Enter");
  await chat.scope.locator("#ask").waitFor();
  await look("asked-before-sending");
  await chat.agree();
  await chat.log.locator(".warning").waitFor();
  await chat.settled();
  await look("warned");
  await look("collecting");
  await chat.say("14 Acacia Avenue, ZZ9 9ZZ");
  await chat.log.locator(".choices button:not([aria-disabled=true])").first().waitFor();
  await look("choosing");
  await chat.scope.locator("#options").click();
  await look("options");
  await page.keyboard.press("Escape");
  await chat.say("I want to talk to a person");
  await chat.log.locator(".card").first().waitFor();
  await look("redirected");
  await context.setOffline(true);
  await chat.scope.locator("#status.lost").waitFor();
  await chat.say("thank you", { answered: false });
  await look("offline");
  await context.setOffline(false);
  await chat.settled();
  await chat.input.fill("a".repeat(5000));
  await chat.input.press("Enter");
  await chat.scope.locator("#fault:not([hidden])").waitFor();
  await look("error");
  await chat.input.fill("");
  await chat.option("end");
  await chat.agree();
  await chat.scope.locator("#over").waitFor();
  await look("ended");
}

for (const [name, scheme] of Object.entries(SCHEMES)) {
  test(`axe-core finds nothing in any state, ${name} colours`, () =>
    visitor(scheme, async (page, context) => {
      const found = [];
      await everyState(page, context, async (state) => {
        await picture(page, `${state}-${name}`);
        for (const one of await violations(page)) found.push(`${state}: ${one}`);
      });
      assert.deepEqual(found, []);
    }));
}

test("axe-core finds nothing on the demonstration site and on the page in full", () =>
  visitor({}, async (page) => {
    for (const path of ["/demo", "/demo/bins", "/demo/cy"]) {
      await page.goto(`${server.url}${path}`);
      await Chat.launched(page);
      await picture(page, `demo${path.slice(5).replace("/", "-")}`);
      assert.deepEqual(await violations(page), [], path);
      await page.evaluate(() => localStorage.clear());
    }
    await Chat.full(page, server);
    await picture(page, "full");
    assert.deepEqual(await violations(page), []);
  }));

// 400 % zoom of 1280 by 1024 is 320 by 256 CSS pixels at four device pixels each (WCAG 1.4.10).
const NARROW = {
  "320 px wide": { viewport: { width: 320, height: 640 } },
  "400 % zoom": { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 },
};
for (const [name, options] of Object.entries(NARROW)) {
  test(`nothing is lost or scrolls sideways at ${name}`, () =>
    visitor(options, async (page, context) => {
      const found = [];
      await everyState(page, context, async (state) => {
        await picture(page, `${state}-${name.split(" ")[0]}`);
        for (const frame of await framesInSight(page)) {
          const [wide, whole] = await frame.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
          if (wide > whole) found.push(`${state}: ${wide} px in ${whole}`);
        }
        // The page around lies behind, inert, so its headings and landmarks are not there to be counted.
        for (const one of await violations(page, WCAG)) found.push(`${state}: ${one}`);
      });
      assert.deepEqual(found, []);
    }));
}

test("the log is there before its content, a reply is added whole and once, and the focus stays", () =>
  visitor({}, async (page) => {
    await page.addInitScript(() => {
      globalThis.added = [];
      addEventListener("DOMContentLoaded", () => {
        const log = document.getElementById("log");
        globalThis.before = { role: log?.getAttribute("role"), entries: log?.childElementCount };
        new MutationObserver((changes) => {
          for (const change of changes) for (const node of change.addedNodes) globalThis.added.push(node.textContent);
        }).observe(log, { childList: true });
      });
    });
    const chat = await Chat.full(page, server);
    assert.deepEqual(await page.evaluate(() => globalThis.before), { role: "log", entries: 0 });
    await chat.say("there is a pothole on my road");
    const added = await page.evaluate(() => globalThis.added);
    const shown = await page.evaluate(() => [...document.getElementById("log").children].map((one) => one.textContent));
    assert.deepEqual(added.map((text) => text.replace("Sending", "")), shown, "nothing is announced in pieces or twice");
    assert.equal(await chat.input.evaluate((input) => document.activeElement === input), true);
  }));

test("what is marked while it is typed can be seen in forced colours too", () =>
  visitor(SCHEMES.forced, async (page) => {
    const chat = await Chat.full(page, server);
    await chat.input.fill("my card is 4111 1111 1111 1111");
    await chat.scope.locator("#marks mark").waitFor();
    assert.equal(await chat.input.evaluate((input) => getComputedStyle(input).backgroundColor), "rgba(0, 0, 0, 0)", "the field lets the mark through");
    // Through what holds the marks: they are drawn anew when the names have come.
    const marked = (marks) => getComputedStyle(marks.querySelector("mark")).borderBottomWidth;
    assert.equal(await chat.scope.locator("#marks").evaluate(marked), "4px");
  }));

test("what can be pressed is at least 24 by 24 px", () =>
  visitor({ viewport: { width: 320, height: 640 } }, async (page) => {
    const chat = await Chat.full(page, server);
    await chat.say("my bin wasnt collected");
    await chat.say("14 Acacia Avenue, ZZ9 9ZZ");
    await chat.scope.locator("#options").click();
    const small = await page.evaluate(() => [...document.querySelectorAll("button, a, textarea")]
      .filter((one) => one.checkVisibility())
      .map((one) => ({ name: one.textContent || one.id, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ name, box }) => `${name}: ${box.width} by ${box.height}`));
    assert.deepEqual(small, []);
  }));

test("nothing moves where reduced motion is asked for", () =>
  visitor({}, async (page) => {
    const chat = await Chat.full(page, server);
    await page.evaluate(() => { document.getElementById("typing").hidden = false; });
    const running = await page.evaluate(() => document.getAnimations().length);
    assert.equal(running, 0);
    await chat.ready();
  }));

test("a conversation warns before it times out, and is kept open by one press", async () => {
  const short = await Server.start({ limits: "inactivity_seconds = 16" });
  try {
    await visitor({}, async (page) => {
      const chat = await Chat.full(page, short);
      const idle = chat.scope.locator("#idle:not([hidden])");
      await idle.waitFor();
      assert.match(await chat.scope.locator("#idle-text").textContent(), /ends in 8 seconds/);
      await picture(page, "about-to-time-out");
      assert.deepEqual(await violations(page), []);
      for (let round = 0; round < 2; round += 1) {
        await chat.scope.locator("#keep-open").click();
        await chat.scope.locator("#idle[hidden]").waitFor({ state: "attached" });
        await idle.waitFor();
      }
      await chat.scope.locator("#keep-open").click();
      await chat.say("my bin wasnt collected");
      await chat.scope.locator("#over", { hasText: "nothing was said for a long time" }).waitFor();
      await picture(page, "timed-out");
    });
  } finally {
    await short.stop();
  }
});
