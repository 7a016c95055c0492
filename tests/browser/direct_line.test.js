// Direct Line 3.0 with the clients that exist, as they are published: Bot Framework Web Chat in
// Chromium, and Botium's connector.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Server, openBrowser, picture, root } from "./harness.js";

const require = createRequire(import.meta.url);
const WEB_CHAT = join(root, "tests/browser/node_modules/botframework-webchat/dist/webchat.js");
const SECRET = "a-secret-of-the-tests-alone";

let browser;
let server;
let site;
let siteUrl;

before(async () => {
  site = createServer((request, response) => {
    if (request.url === "/webchat.js") {
      response.writeHead(200, { "content-type": "text/javascript" });
      return createReadStream(WEB_CHAT).pipe(response);
    }
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    return response.end("<!doctype html><html lang=en><title>Web Chat</title><script src=/webchat.js></script><div id=webchat style='height:90vh'></div></html>");
  }).listen(0, "localhost");
  await once(site, "listening");
  siteUrl = `http://localhost:${site.address().port}`;
  server = await Server.start({ origins: [siteUrl] });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  site?.closeAllConnections();
  site?.close();
  await server?.stop();
});

test("Web Chat 4.18 completes a routed conversation: warning, suggested actions, a restart in between", async () => {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  page.setDefaultTimeout(40_000);
  const told = page.locator(".webchat__bubble__content");
  const words = (text) => page.locator("#webchat", { hasText: text }).waitFor();
  const say = async (text) => {
    await page.locator("[data-id=webchat-sendbox-input]").fill(text);
    await page.keyboard.press("Enter");
  };
  await page.goto(siteUrl);
  await page.evaluate(async (domain) => {
    const answer = await fetch(`${domain}/tokens/generate`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ user: { id: "dl_resident" }, locale: "en-GB" }),
    });
    const { token } = await answer.json();
    const { WebChat } = globalThis;
    globalThis.seen = [];
    const store = WebChat.createStore({}, () => (next) => (action) => {
      if (action.type === "DIRECT_LINE/INCOMING_ACTIVITY") globalThis.seen.push(action.payload.activity);
      return next(action);
    });
    WebChat.renderWebChat({ directLine: WebChat.createDirectLine({ domain, token }), store, userID: "dl_resident", locale: "en-GB" }, document.getElementById("webchat"));
  }, `${server.url}/v3/directline`);
  await words("automated assistant");
  await say("my bin wasnt collected, my card is 4111 1111 1111 1111");
  await words("Card numbers are never kept");
  const warning = await page.evaluate(() => globalThis.seen.find((one) => one.channelData?.cece?.warning));
  assert.equal(warning.channelData.cece.warning.findings[0].kind, "CREDIT_CARD");
  await words("[card number]");
  assert.ok(!(await told.allTextContents()).join(" ").includes("4111 1111"), "what was sent comes back redacted");
  await say("14 Acacia Avenue, ZZ9 9ZZ");
  const choice = page.locator("button.webchat__suggested-action", { hasText: "Black bin" });
  await choice.waitFor();
  await picture(page, "web-chat");
  await server.down("SIGKILL");
  await server.up();
  // The client waits 3 to 15 seconds before it comes back.
  await page.waitForResponse((response) => response.url().includes("?watermark=") && response.ok());
  await choice.click();
  await page.waitForFunction(() => globalThis.seen.some((one) => one.from.role === "user" && one.text?.startsWith("Black bin")));
  await say("I want to talk to a person");
  await page.waitForFunction(() => globalThis.seen.some((one) => one.channelData?.cece?.redirect));
  await picture(page, "web-chat-routed");
  const seen = await page.evaluate(() => globalThis.seen.map(({ id, from }) => ({ id, role: from.role })));
  assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length, "every activity comes once");
  assert.equal(seen.filter(({ role }) => role === "user").length, 4);
  await context.close();
});

test("Botium's connector completes a scripted conversation, by the stream and by polling", async () => {
  const guarded = await Server.start({ settings: `direct_line_secret = "${SECRET}"` });
  const Connector = require("botium-connector-directline3").PluginClass;
  try {
    for (const stream of [true, false]) {
      const said = [];
      const connector = new Connector({
        queueBotSays: (message) => said.push(message),
        caps: { DIRECTLINE3_SECRET: SECRET, DIRECTLINE3_DOMAIN: `${guarded.url}/v3/directline`, DIRECTLINE3_WEBSOCKET: stream, DIRECTLINE3_GENERATE_USERNAME: true, DIRECTLINE3_BUTTON_VALUE_FIELD: "value" },
      });
      const until = async (part) => {
        for (let wait = 0; wait < 200; wait += 1) {
          const found = said.find((message) => JSON.stringify(message).includes(part));
          if (found) return found;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        throw new Error(`${part} was not said: ${said.map((message) => message.messageText).join(" | ")}`);
      };
      await connector.Validate();
      await connector.Build();
      await connector.Start();
      await until("automated assistant");
      await connector.UserSays({ messageText: "my bin wasnt collected" });
      await until("address");
      await connector.UserSays({ messageText: "14 Acacia Avenue, ZZ9 9ZZ" });
      const choosing = await until("Black bin");
      const button = choosing.buttons.find(({ text }) => text.startsWith("Black bin"));
      const before = said.length;
      await connector.UserSays({ buttons: [button] });
      for (let wait = 0; said.length === before && wait < 100; wait += 1) await new Promise((resolve) => setTimeout(resolve, 100));
      assert.ok(said.length > before, "the choice is taken");
      await connector.UserSays({ messageText: "I want to talk to a person" });
      await until("redirect");
      await connector.Stop();
    }
  } finally {
    await guarded.stop();
  }
});

const post = (path, body, token) => fetch(`${server.url}/v3/directline${path}`, {
  method: "POST",
  headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
  body: JSON.stringify(body),
});

test("an activity that is sent twice has one effect, and strangers get nothing", async () => {
  const { conversationId, token } = await (await post("/conversations", { user: { id: "dl_a" } })).json();
  const activity = { type: "message", from: { id: "dl_a" }, text: "my bin wasnt collected", channelData: { clientActivityID: "one" } };
  const path = `/conversations/${conversationId}/activities`;
  const first = await (await post(path, activity, token)).json();
  assert.deepEqual(await (await post(path, activity, token)).json(), first);
  const read = await fetch(`${server.url}/v3/directline${path}?watermark=`, { headers: { authorization: `Bearer ${token}` } });
  const { activities, watermark } = await read.json();
  const own = activities.filter(({ from }) => from.id === "dl_a");
  assert.deepEqual(own.map(({ text, channelData }) => [text, channelData.clientActivityID]), [["my bin wasnt collected", "one"]]);
  assert.ok(Number(watermark) >= 3);
  for (const [who, body, bearer, status] of [
    ["another user's id", { ...activity, from: { id: "dl_b" } }, token, 403],
    ["no token", activity, undefined, 401],
    ["a token that is none", activity, "x".repeat(43), 403],
    ["no words", { type: "message", from: { id: "dl_a" } }, token, 400],
    ["too long", { ...activity, text: "a".repeat(5000), channelData: {} }, token, 413],
  ]) {
    const answer = await post(path, body, bearer);
    assert.equal(answer.status, status, who);
    assert.equal(typeof (await answer.json()).error.code, "string", who);
  }
  const other = await (await post("/conversations", {})).json();
  assert.equal((await post(path, activity, other.token)).status, 403, "a token of another conversation");
  const refreshed = await (await post("/tokens/refresh", {}, token)).json();
  assert.notEqual(refreshed.token, token);
  assert.equal((await post(path, { ...activity, text: "thank you", channelData: {} }, refreshed.token)).status, 200);
  assert.equal((await post(`/conversations/${conversationId}/upload?userId=dl_a`, {}, refreshed.token)).status, 415);
  assert.equal((await post(path, { type: "endOfConversation", from: { id: "dl_a" } }, refreshed.token)).status, 200);
  assert.equal((await post(path, { ...activity, channelData: {} }, refreshed.token)).status, 404);
});

test("a second stream of a conversation closes the first as a collision", async () => {
  const opened = await (await post("/conversations", {})).json();
  const again = await (await fetch(`${server.url}/v3/directline/conversations/${opened.conversationId}`, { headers: { authorization: `Bearer ${opened.token}` } })).json();
  const { default: WebSocket } = await import("ws");
  const first = new WebSocket(opened.streamUrl);
  await once(first, "message");
  const second = new WebSocket(again.streamUrl);
  const [code, reason] = await once(first, "close");
  assert.deepEqual([code, String(reason)], [1000, "collision"]);
  second.close();
  const used = new WebSocket(opened.streamUrl);
  const [error] = await once(used, "error");
  assert.match(String(error), /403/, "a stream's address is good once");
});
