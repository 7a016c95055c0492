// The embed as a resident uses it: on a council's page, over page changes, reloads, lost networks and
// a server that is killed; in English and Welsh; with the mouse and with the keyboard alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Chat, Server, councilSite, openBrowser, picture, watch } from "./harness.js";

let browser;
let server;
let site;

before(async () => {
  const assistant = () => server.url;
  site = await councilSite(assistant);
  server = await Server.start({ origins: [site.url] });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  site?.stop();
  await server?.stop();
});

async function visitor(run, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const seen = watch(page);
  try {
    await run(page, seen, context);
    assert.deepEqual(seen.errors, [], "nothing went wrong in the page");
  } finally {
    await context.close();
  }
}

const storedKeys = (page) => page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)));

test("a missed bin is reported on a council's page under a strict policy, and nothing is asked of anybody else", () =>
  visitor(async (page, seen, context) => {
    await page.goto(site.url);
    await page.locator("cece-chat button").waitFor();
    await page.waitForTimeout(500);
    for (const frame of page.frames()) assert.deepEqual(await storedKeys(frame), [], "nothing is stored before it is opened");
    assert.deepEqual(await context.cookies(), []);
    await picture(page, "closed");

    const chat = await Chat.launched(page);
    assert.equal(await chat.input.evaluate((input) => document.activeElement === input), true, "opening focuses the input");
    assert.match(await chat.scope.locator("#notice").innerText(), /not a person\. .*kept for 12 months.*'person'/);
    assert.match(await chat.scope.locator("#reference-code").textContent(), /^CV-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    assert.match(await chat.scope.locator("#hours").textContent(), /Monday to Friday/);
    await picture(page, "open");

    await chat.say("my bin wasnt collected");
    await chat.say("14 Acacia Avenue, ZZ9 9ZZ");
    await picture(page, "choosing");
    await chat.log.locator(".choices button:not([aria-disabled=true])").first().waitFor();
    const frame = page.frames().find((one) => one.url().includes("/chat"));
    assert.deepEqual(await storedKeys(frame), ["cece"], "one thing is stored");
    assert.deepEqual(await storedKeys(page), [], "and none on the council's own origin");
    const hosts = [...seen.hosts].filter((host) => ![new URL(site.url).host, new URL(server.url).host].includes(host));
    assert.deepEqual(hosts, [], "no third-party request");
  }));

test("Escape closes and gives the focus back; minimising keeps the conversation", () =>
  visitor(async (page) => {
    await page.goto(site.url);
    const chat = await Chat.launched(page);
    await chat.say("there is a pothole on my road");
    await page.keyboard.press("Escape");
    await page.locator("cece-chat iframe").waitFor({ state: "hidden" });
    const launcher = page.locator("cece-chat button");
    assert.equal(await launcher.evaluate((button) => button.getRootNode().activeElement === button), true);
    assert.equal(await launcher.getAttribute("aria-expanded"), "false");
    await page.keyboard.press("Enter");
    await chat.input.waitFor();
    assert.deepEqual(await chat.own(), ["there is a pothole on my road"]);
    await chat.scope.locator("#minimise").click();
    await page.locator("cece-chat iframe").waitFor({ state: "hidden" });
    await launcher.click();
    await chat.input.waitFor();
    assert.equal(await launcher.isVisible(), false, "nothing lies under the chat");
    await page.evaluate(() => { document.body.tabIndex = -1; document.body.focus(); });
    await page.keyboard.press("Escape");
    await page.locator("cece-chat iframe").waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true, "Escape on the page leaves the focus there");
  }));

test("on a phone the chat takes the whole window, and what it covers cannot be reached until it is closed", () =>
  visitor(async (page) => {
    await page.goto(site.url);
    const chat = await Chat.launched(page);
    const reachable = () => page.evaluate(() => !document.querySelector("main").inert);
    assert.equal(await reachable(), false);
    await page.setViewportSize({ width: 1000, height: 700 });
    await page.waitForFunction(() => !document.querySelector("main").inert);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.waitForFunction(() => document.querySelector("main").inert);
    await chat.scope.locator("#minimise").click();
    await page.locator("cece-chat iframe").waitFor({ state: "hidden" });
    assert.equal(await reachable(), true);
  }, { viewport: { width: 320, height: 640 } }));

test("a chat that cannot be reached says so in the page, and opens once it can", () =>
  visitor(async (page, seen) => {
    await page.goto(site.url);
    await page.route("**/chat?*", (route) => route.abort());
    await page.locator("cece-chat button").click();
    await page.locator("cece-chat p", { hasText: "cannot be reached" }).waitFor();
    await picture(page, "unreachable");
    assert.equal(await page.locator("cece-chat iframe:not([hidden])").count(), 0, "no broken frame is left");
    await page.unroute("**/chat?*");
    await Chat.launched(page);
    assert.equal(await page.locator("cece-chat p").textContent(), "");
    assert.deepEqual(seen.errors, []);
  }));

test("the page's address goes along without what somebody wrote into it", () =>
  visitor(async (page) => {
    const sent = [];
    page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
    await page.goto(`${site.url}/two?label=Ask&email=somebody@example.org#part`);
    await Chat.launched(page);
    const hello = JSON.parse(sent.find((frame) => frame.includes("hello")));
    assert.deepEqual(hello.page, { url: `${site.url}/two`, title: "Page /two" });
    assert.equal(await page.locator("cece-chat button span").textContent(), "Ask");
  }));

test("the conversation is there on another page, open as it was left", () =>
  visitor(async (page) => {
    await page.goto(site.url);
    const chat = await Chat.launched(page);
    await chat.say("there is a pothole on my road");
    await page.locator("a", { hasText: "Another page" }).click();
    const again = await Chat.inFrame(page);
    await again.log.locator(".resident").first().waitFor();
    assert.deepEqual(await again.own(), ["there is a pothole on my road"]);
    await again.scope.locator("#minimise").click();
    await page.goto(`${site.url}/two`);
    await page.locator("cece-chat button").waitFor();
    await page.waitForTimeout(700);
    assert.equal(await page.locator("cece-chat iframe:not([hidden])").count(), 0, "minimised stays minimised");
    const opened = await Chat.launched(page);
    await opened.log.locator(".resident").first().waitFor();
    assert.deepEqual(await opened.own(), ["there is a pothole on my road"]);
  }));

test("the server is killed and restarted between two messages, and what is written meanwhile is sent once", () =>
  visitor(async (page) => {
    const chat = await Chat.full(page, server);
    await chat.say("my bin wasnt collected");
    await server.down("SIGKILL");
    await chat.scope.locator("#status.lost").waitFor();
    await chat.say("14 Acacia Avenue, ZZ9 9ZZ", { answered: false });
    await picture(page, "offline");
    await server.up();
    await chat.settled();
    await chat.log.locator(".choices button:not([aria-disabled=true])").first().waitFor();
    const own = await chat.own();
    assert.equal(own.length, 2, own.join(" | "));
    await page.reload();
    await chat.log.locator(".resident").nth(1).waitFor();
    assert.equal((await chat.own()).length, 2, "once in the log too");
  }));

test("20 reloads and 20 network cuts in one conversation: every message once, in order", () =>
  visitor(async (page, _seen, context) => {
    const chat = await Chat.full(page, server);
    const sent = [];
    for (let round = 1; round <= 20; round += 1) {
      const text = `round ${round}: what day is my bin`;
      sent.push(text);
      await chat.say(text);
      await page.reload();
      await chat.log.locator(".resident").nth(sent.length - 1).waitFor();
      const other = `cut ${round}: what day is my bin`;
      sent.push(other);
      await context.setOffline(true);
      await chat.scope.locator("#status.lost").waitFor();
      await chat.say(other, { answered: false });
      await context.setOffline(false);
      await chat.settled();
    }
    assert.deepEqual(await chat.own(), sent);
    await page.reload();
    await chat.log.locator(".resident").nth(sent.length - 1).waitFor();
    assert.deepEqual(await chat.own(), sent, "the log holds the same");
  }));

test("personal data is marked while it is typed, asked about once, and not where it was asked for", () =>
  visitor(async (page, _seen, context) => {
    const chat = await Chat.full(page, server);
    const sentFrames = [];
    page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sentFrames.push(payload)));
    await page.reload();
    await chat.ready();
    await chat.input.pressSequentially("my card is 4111 1111 1111 1111");
    await chat.scope.locator("#marks mark").waitFor();
    assert.equal(await chat.scope.locator("#marks mark").textContent(), "4111 1111 1111 1111");
    await chat.scope.locator("#finding", { hasText: "looks like a card number" }).waitFor();
    await picture(page, "typing-personal-data");
    assert.ok(!sentFrames.some((frame) => String(frame).includes("4111")), "nothing has left the device");
    await chat.input.press("Enter");
    await chat.scope.locator("#ask").waitFor();
    await picture(page, "asked-before-sending");
    await page.keyboard.press("Escape");
    await chat.scope.locator("#ask").waitFor({ state: "hidden" });
    assert.equal((await chat.own()).length, 0, "Escape sends nothing");
    await chat.input.press("Enter");
    await chat.log.locator(".warning").waitFor();
    await chat.settled();
    assert.equal(await chat.log.locator(".resident mark").textContent(), "4111 1111 1111 1111");
    await picture(page, "warned");
    const [file] = await Promise.all([page.waitForEvent("download"), chat.option("download")]);
    const text = await new Response((await file.createReadStream())).text();
    assert.ok(text.includes("my card is [removed]") && !text.includes("4111"), text);
    await page.reload();
    await chat.log.locator(".resident").first().waitFor();
    assert.deepEqual(await chat.own(), ["my card is [card number]"]);
    assert.deepEqual(await context.cookies(), []);
  }));

test("a text that is too long for a message is refused before it is read, and stays to be shortened", () =>
  visitor(async (page) => {
    const chat = await Chat.full(page, server);
    const text = `my card is 4111 1111 1111 1111 ${"and so on ".repeat(1000)}`;
    await chat.input.fill(text);
    await chat.input.press("Enter");
    await chat.scope.locator("#fault", { hasText: "too long" }).waitFor();
    assert.ok(await chat.scope.locator("#ask").isHidden(), "nobody is asked about what goes nowhere");
    assert.equal(await chat.scope.locator("#marks mark").count(), 0);
    assert.equal(await chat.input.inputValue(), text);
    assert.equal((await chat.own()).length, 0);
    await chat.input.fill("my card is 4111 1111 1111 1111");
    await chat.scope.locator("#marks mark").waitFor();
    assert.ok(await chat.scope.locator("#fault").isHidden());
  }));

test("nothing stands in the way of a cry for help, and its answer comes before the warning", () =>
  visitor(async (page) => {
    const chat = await Chat.full(page, server);
    await chat.input.fill("ive took 40 tablets i have bipolar, im at 12 Acacia Avenue");
    await chat.input.press("Enter");
    await chat.log.locator(".warning").first().waitFor();
    await chat.settled();
    assert.ok(await chat.scope.locator("#ask").isHidden(), "it was not asked about");
    assert.equal(await chat.log.locator(".resident .warning").count(), 0);
    const order = await chat.log.locator("> *").evaluateAll((all) => all.map((one) => one.className));
    const said = order.findIndex((name) => name.includes("resident"));
    const warned = order.findIndex((name) => name.includes("warning"));
    const answered = order.findIndex((name, at) => at > said && name.includes("assistant"));
    assert.ok(answered > said && warned > answered, order.join(", "));
    assert.match(await chat.log.locator(".assistant").nth(1).textContent(), /999/);
    await picture(page, "danger-before-warning");
  }));

test("start again, end, forget, print, mail, and a chat that has ended", () =>
  visitor(async (page) => {
    const chat = await Chat.full(page, server);
    const first = await chat.scope.locator("#reference-code").textContent();
    await chat.say("my bin wasnt collected");
    await chat.option("restart");
    await chat.agree();
    await page.waitForFunction((old) => document.getElementById("reference-code").textContent !== old, first);
    await chat.ready();
    assert.deepEqual(await chat.own(), []);
    await chat.say("my bin wasnt collected");
    await chat.scope.locator("#options").click();
    const mail = await chat.scope.locator("#email").getAttribute("href");
    assert.ok(mail.startsWith("mailto:?subject=") && decodeURIComponent(mail).includes("my bin wasnt collected"), mail);
    await picture(page, "options");
    await page.emulateMedia({ media: "print" });
    await picture(page, "printed");
    await page.emulateMedia({ media: null });
    await chat.scope.locator("#end").click();
    await picture(page, "asked-before-ending");
    await chat.agree();
    await chat.scope.locator("#over").waitFor();
    assert.match(await chat.scope.locator("#over-text").textContent(), /has ended/);
    await picture(page, "ended");
    assert.deepEqual(await storedKeys(page), []);
    await chat.scope.locator("#anew").click();
    await chat.ready();
    await chat.say("there is a pothole on my road");
    await chat.option("forget");
    await chat.agree();
    await chat.scope.locator("#over").waitFor();
    assert.equal(await chat.log.locator("*").count(), 0);
    assert.deepEqual(await storedKeys(page), []);
    await page.reload();
    await chat.ready();
    assert.deepEqual(await chat.own(), [], "it does not come back");
  }));

test("a second tab takes the conversation over, and the first can take it back", () =>
  visitor(async (page, _seen, context) => {
    const chat = await Chat.full(page, server);
    await chat.say("there is a pothole on my road");
    const second = await context.newPage();
    const other = await Chat.full(second, server);
    await other.log.locator(".resident").first().waitFor();
    await chat.scope.locator("#over", { hasText: "another window or tab" }).waitFor();
    await chat.scope.locator("#anew").click();
    await other.scope.locator("#over", { hasText: "another window or tab" }).waitFor();
    await chat.say("on Mill Lane by the school");
    assert.equal((await chat.own()).length, 2);
  }));

test("in Welsh, by the page's language and by the button", () =>
  visitor(async (page) => {
    await page.goto(`${site.url}/?lang=cy`);
    assert.equal(await page.locator("cece-chat button").textContent(), "Sgwrsio â ni");
    const chat = await Chat.launched(page);
    assert.equal(await chat.scope.locator("html").getAttribute("lang"), "cy");
    assert.equal(await chat.scope.locator("#title").textContent(), "Gofyn i'r cyngor");
    assert.match(await chat.scope.locator("#notice").textContent(), /mis/);
    await chat.say("chafodd fy min mo'i gasglu");
    await picture(page, "welsh");
    const english = await Chat.full(page, server, "?lang=en");
    await english.option("language");
    await page.waitForFunction(() => document.documentElement.lang === "cy");
    await english.scope.locator("#send", { hasText: "Anfon" }).waitFor();
  }));

test("right-to-left words run from right to left", () =>
  visitor(async (page) => {
    const chat = await Chat.full(page, server);
    await chat.say("لم يتم جمع حاويتي");
    const words = chat.log.locator(".resident .words").first();
    assert.equal(await words.evaluate((element) => getComputedStyle(element).direction), "rtl");
    const ends = (element) => element.getBoundingClientRect().right;
    assert.equal(await words.evaluate(ends), await chat.log.locator(".resident").first().evaluate(ends), "on the resident's side");
    await chat.input.fill("لم يتم");
    assert.equal(await chat.input.evaluate((element) => getComputedStyle(element).direction), "rtl");
    await picture(page, "right-to-left");
  }));

// The promise is 200 ms with a release build on an idle machine; a debug build on a shared one has this.
const OPENS_WITHIN_MS = Number(process.env.CECE_OPENS_WITHIN_MS ?? 1_000);

test("it opens at once on loopback", () =>
  visitor(async (page) => {
    await page.goto(site.url);
    await page.locator("cece-chat button").waitFor();
    // The first opening fetches the files; residents on the council's second page have them.
    await Chat.launched(page);
    const times = [];
    for (let round = 0; round < 5; round += 1) {
      await page.goto(`${site.url}/two`);
      await page.locator("cece-chat iframe:not([hidden])").waitFor();
      await (await Chat.inFrame(page)).scope.locator("#minimise").click();
      await page.goto(`${site.url}/`);
      await page.locator("cece-chat button").waitFor();
      await page.waitForLoadState("networkidle");
      const started = await page.evaluate(() => {
        const at = performance.now();
        globalThis.opened = new Promise((resolve) => addEventListener("message", (event) => {
          if (event.data?.cece === "ready") resolve(performance.now() - at);
        }));
        document.querySelector("cece-chat").shadowRoot.querySelector("button").click();
        return true;
      });
      assert.ok(started);
      times.push(await page.evaluate(() => globalThis.opened));
    }
    times.sort((one, two) => one - two);
    console.log(`opens in ${times.map((time) => Math.round(time)).join(", ")} ms`);
    assert.ok(times[2] < OPENS_WITHIN_MS, `the median is ${times[2]} ms`);
  }));

test("by the keyboard alone, a report from the launcher to the last choice", () =>
  visitor(async (page) => {
    await page.goto(site.url);
    await page.locator("cece-chat button").waitFor();
    await page.keyboard.press("Tab"); // the page's own link
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const chat = await Chat.inFrame(page);
    await page.keyboard.type("my bin wasnt collected");
    await page.keyboard.press("Enter");
    await chat.log.locator(".assistant").nth(1).waitFor();
    await page.keyboard.type("14 Acacia Avenue, ZZ9 9ZZ");
    await page.keyboard.press("Enter");
    await chat.log.locator(".choices button:not([aria-disabled=true])").first().waitFor();
    const isFocused = () => chat.input.evaluate((input) => document.activeElement === input);
    assert.equal(await isFocused(), true, "the focus stays where the person put it");
    for (let steps = 0; steps < 12; steps += 1) {
      await page.keyboard.press("Shift+Tab");
      const on = await chat.scope.locator(":focus").evaluate((element) => element.closest(".choices") !== null);
      if (on) break;
    }
    const before = await chat.log.locator(".resident").count();
    await page.keyboard.press("Enter");
    await chat.log.locator(".resident").nth(before).waitFor();
    await picture(page, "keyboard");
  }));
