// The native protocol by requests, where no WebSocket passes: the same page, the same conversation.
// And Rasa's shape.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Chat, Server, openBrowser } from "./harness.js";

let browser;
let server;

before(async () => {
  server = await Server.start({ settings: 'rasa_token = "a-token-of-the-tests"' });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("where no WebSocket passes the page takes the other way, over a reload and a restart of the server", async () => {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.routeWebSocket(/\/ws$/, (socket) => socket.close());
  await page.addInitScript(() => {
    // A proxy that knows no WebSocket refuses the handshake.
    globalThis.WebSocket = class { constructor() { setTimeout(() => this.onclose?.({ code: 1006 }), 5); } close() {} };
  });
  const chat = await Chat.full(page, server);
  await chat.say("my bin wasnt collected, my card is 4111 1111 1111 1111", { answered: false });
  await chat.agree();
  await chat.log.locator(".warning").waitFor();
  await chat.settled();
  await page.reload();
  await chat.log.locator(".resident").first().waitFor();
  await server.down("SIGKILL");
  await chat.scope.locator("#status.lost").waitFor();
  await chat.say("14 Acacia Avenue, ZZ9 9ZZ", { answered: false });
  await server.up();
  await chat.settled();
  await chat.choose("Black bin");
  assert.equal((await chat.own()).length, 3);
  await context.close();
});

const call = (path, body, token) => fetch(`${server.url}${path}`, {
  method: body ? "POST" : "GET",
  headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
  body: body && JSON.stringify(body),
});
const frames = async (answer) => (await answer).json();

test("turns are idempotent, events wait until there are some, and refusals have their status", async () => {
  const [welcome, greeting] = await frames(call("/api/conversations", { type: "hello", proto: 1, locale: "en-GB" }));
  assert.deepEqual([welcome.type, greeting.type, greeting.seq], ["welcome", "say", 1]);
  const path = `/api/conversations/${welcome.conversation}`;
  const first = await frames(call(`${path}/messages`, { type: "message", client_seq: 1, text: "my bin wasnt collected" }, welcome.token));
  assert.equal(first[0].type, "ack");
  assert.deepEqual(await frames(call(`${path}/messages`, { type: "message", client_seq: 1, text: "my bin wasnt collected" }, welcome.token)), first);
  const last = Math.max(...first.map(({ seq }) => seq ?? 0));
  const waiting = frames(call(`${path}/events?after=${last}&wait=20`, null, welcome.token));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await call(`${path}/messages`, { type: "message", client_seq: 2, text: "why" }, welcome.token);
  assert.equal((await waiting)[0].text, "why");
  assert.deepEqual(await frames(call(`${path}/events?after=1000`, null, welcome.token)), []);
  for (const [body, token, status, code] of [
    [{ type: "message", client_seq: 3, text: " " }, welcome.token, 400, "empty_text"],
    [{ type: "message", client_seq: 9, text: "x" }, welcome.token, 409, "client_seq_out_of_order"],
    [{ type: "message", client_seq: 3, text: "a".repeat(5000) }, welcome.token, 413, "text_too_long"],
    [{ type: "message", client_seq: 3, text: "x" }, "x".repeat(43), 404, "unknown_conversation"],
    [{ type: "message", client_seq: 3, text: "x" }, null, 401, "hello_expected"],
    [{ type: "nothing" }, welcome.token, 400, "unknown_type"],
  ]) {
    const answer = await call(`${path}/messages`, body, token);
    assert.equal(answer.status, status, code);
    assert.equal((await answer.json())[0].code, code);
  }
});

test("Rasa's shape: text, buttons and their payload, for who knows the token", async () => {
  const say = (message, token = "a-token-of-the-tests") => call(`/webhooks/rest/webhook?token=${token}`, { sender: "s1", message });
  assert.equal((await say("hello", "another")).status, 401);
  const [greeting, ...first] = await frames(say("my bin wasnt collected"));
  assert.equal(greeting.recipient_id, "s1");
  assert.match(greeting.text, /automated assistant/);
  assert.match(first.at(-1).text, /address/);
  const choosing = await frames(say("14 Acacia Avenue, ZZ9 9ZZ"));
  const button = choosing.flatMap(({ buttons = [] }) => buttons).find(({ title }) => title.startsWith("Black bin"));
  assert.match(button.payload, /^\/.+/);
  const chosen = await frames(say(button.payload));
  assert.ok(chosen.length > 0 && !chosen.some(({ buttons = [] }) => buttons.some(({ title }) => title.startsWith("Black bin"))));
});
