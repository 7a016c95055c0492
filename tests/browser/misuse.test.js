// What an integrator does wrong, by Direct Line, by requests and in Rasa's shape: every refusal is JSON,
// under the status and with the code that docs/embedding.md and docs/websocket.md name.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { Server } from "./harness.js";

const require = createRequire(import.meta.url);
const RASA = "a-token-of-the-tests";
const SECRET = "a-secret-of-the-tests-alone";
const HUGE = "a".repeat(40_000);

let server; // whoever may open a chat may have a token
let guarded; // with a secret, and conversations that end by themselves

before(async () => {
  server = await Server.start({ settings: `rasa_token = "${RASA}"` });
  guarded = await Server.start({
    settings: `direct_line_secret = "${SECRET}"\nrasa_token = "${RASA}"`,
    limits: "inactivity_seconds = 2",
  });
});
after(async () => {
  await server?.stop();
  await guarded?.stop();
});

/** The status and the body of an answer; a string is sent as it is. */
async function ask(url, { method = "POST", token, body, origin } = {}) {
  const headers = { "content-type": "application/json" };
  if (token) headers.authorization = `Bearer ${token}`;
  if (origin) headers.origin = origin;
  const sent = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const answer = await fetch(url, { method, headers, body: sent });
  assert.match(answer.headers.get("content-type") ?? "", /^application\/json/, `${url} answers in JSON`);
  return { status: answer.status, body: await answer.json() };
}

const line = (path, options, at = server) => ask(`${at.url}/v3/directline${path}`, options);
const said = { type: "message", from: { id: "dl_a" }, text: "my bin wasnt collected" };
// A conversation in `guarded` ends after 2 seconds without a word; the server looks every 2 seconds.
const untilEnded = () => new Promise((resolve) => setTimeout(resolve, 8_000));

test("Direct Line refuses in the shape that its clients read", async () => {
  const mine = (await line("/conversations", { body: { user: { id: "dl_a" } } })).body;
  const other = (await line("/conversations", {})).body;
  const path = `/conversations/${mine.conversationId}`;
  const { token } = mine;
  const get = { method: "GET" };
  for (const [what, at, options, status, code] of [
    ["no token", `${path}/activities`, { body: said }, 401, "Unauthorized"],
    ["a token that is none", `${path}/activities`, { body: said, token: "x".repeat(43) }, 403, "TokenExpired"],
    ["another conversation's token", `${path}/activities`, { body: said, token: other.token }, 403, "TokenExpired"],
    ["a conversation that is none", "/conversations/nothing/activities", { ...get, token }, 403, "TokenExpired"],
    ["another user's id", `${path}/activities`, { body: { ...said, from: { id: "dl_b" } }, token }, 403, "BadArgument"],
    ["no JSON", `${path}/activities`, { body: "{\"type\":", token }, 400, "BadArgument"],
    ["no activity", `${path}/activities`, { body: [], token }, 400, "BadArgument"],
    ["no words", `${path}/activities`, { body: { ...said, text: " " }, token }, 400, "BadArgument"],
    ["too many words", `${path}/activities`, { body: { ...said, text: "a".repeat(5000) }, token }, 413, "MessageSizeTooBig"],
    ["too large a body", `${path}/activities`, { body: { ...said, text: HUGE }, token }, 413, "MessageSizeTooBig"],
    ["a file", `${path}/upload?userId=dl_a`, { body: {}, token }, 415, "AttachmentsNotSupported"],
    ["no JSON to open with", "/conversations", { body: "user=dl_a" }, 400, "BadArgument"],
    ["too long an id", "/tokens/generate", { body: { user: { id: "a".repeat(200) } } }, 400, "BadArgument"],
    ["nothing to refresh", "/tokens/refresh", {}, 401, "Unauthorized"],
    ["another site's page", "/tokens/generate", { origin: "https://elsewhere.example" }, 403, "OriginNotAllowed"],
  ]) {
    const answer = await line(at, options);
    assert.deepEqual([answer.status, answer.body.error?.code], [status, code], what);
    assert.ok(answer.body.error.message.length > 10 && !answer.body.error.message.includes("collected"), what);
  }
});

test("with a secret Direct Line makes tokens for who knows it alone, and says when they have expired", async () => {
  for (const [what, token, status, code] of [
    ["no secret", undefined, 401, "Unauthorized"],
    ["a wrong secret", "another", 403, "TokenExpired"],
  ]) {
    const answer = await line("/tokens/generate", { token, body: {} }, guarded);
    assert.deepEqual([answer.status, answer.body.error.code], [status, code], what);
  }
  const { token, conversationId } = (await line("/tokens/generate", { token: SECRET, body: {} }, guarded)).body;
  assert.equal((await line("/tokens/generate", { token, body: {} }, guarded)).status, 401, "a token makes no tokens");
  await untilEnded();
  const late = await line(`/conversations/${conversationId}/activities`, { token, body: said }, guarded);
  assert.deepEqual([late.status, late.body.error.code], [404, "ConversationNotFound"]);
  const refreshed = await line("/tokens/refresh", { token }, guarded);
  assert.deepEqual([refreshed.status, refreshed.body.error.code], [403, "TokenExpired"]);
});

test("DirectLineJS as it is published tells a bad token from a good one", async () => {
  globalThis.XMLHttpRequest = require("xhr2");
  globalThis.WebSocket ??= require("ws");
  const { ConnectionStatus, DirectLine } = require("botframework-directlinejs");
  const settled = async (options) => {
    const client = new DirectLine({ domain: `${server.url}/v3/directline`, webSocket: false, ...options });
    const status = await new Promise((resolve) => {
      client.connectionStatus$.subscribe((one) => one > ConnectionStatus.Connecting && resolve(one));
      client.activity$.subscribe({ next: () => {}, error: () => {} });
    });
    client.end();
    return ConnectionStatus[status];
  };
  const { token } = (await line("/tokens/generate", { body: {} })).body;
  assert.equal(await settled({ token }), "Online");
  assert.equal(await settled({ token: "x".repeat(43) }), "FailedToConnect");
});

test("requests are refused with a frame", async () => {
  const at = `${server.url}/api/conversations`;
  const hello = { type: "hello", proto: 1, locale: "en-GB" };
  const [welcome] = (await ask(at, { body: hello })).body;
  const [other] = (await ask(at, { body: hello })).body;
  const { token } = welcome;
  const path = `${at}/${welcome.conversation}`;
  const message = { type: "message", client_seq: 1, text: "my bin wasnt collected" };
  for (const [what, url, options, status, code] of [
    ["no hello", at, { body: message }, 400, "hello_expected"],
    ["another version", at, { body: { ...hello, proto: 2 } }, 400, "unsupported_version"],
    ["a token that resumes nothing", at, { body: { ...hello, resume: { token: "x".repeat(43), last_seq: 0 } } }, 404, "unknown_conversation"],
    ["no token", `${path}/messages`, { body: message }, 401, "hello_expected"],
    ["another conversation's token", `${path}/messages`, { body: message, token: other.token }, 404, "unknown_conversation"],
    ["no token to wait with", `${path}/events?after=0`, { method: "GET" }, 401, "hello_expected"],
    ["no JSON", `${path}/messages`, { body: "{\"type\":", token }, 400, "bad_json"],
    ["a list", `${path}/messages`, { body: [], token }, 400, "unknown_type"],
    ["no text", `${path}/messages`, { body: { type: "message", client_seq: 1 }, token }, 400, "bad_frame"],
    ["too large a body", `${path}/messages`, { body: { ...message, text: HUGE }, token }, 413, "text_too_long"],
    ["another site's page", `${path}/messages`, { body: message, token, origin: "https://elsewhere.example" }, 403, "hello_expected"],
  ]) {
    const answer = await ask(url, options);
    assert.deepEqual([answer.status, answer.body[0]?.code], [status, code], what);
    assert.ok(!answer.body[0].message.includes("collected"), what);
  }
});

test("Rasa's shape is refused in the words of Rasa, and a sender whose conversation ended begins anew", async () => {
  const say = (body, { token = RASA, at = server } = {}) => ask(`${at.url}/webhooks/rest/webhook?token=${token}`, { body });
  const good = { sender: "s1", message: "my bin wasnt collected" };
  for (const [what, body, token, status, reason] of [
    ["a wrong token", good, "another", 401, "NotAuthenticated"],
    ["no token", good, "", 401, "NotAuthenticated"],
    ["no JSON", "sender=s1", RASA, 400, "BadRequest"],
    ["no sender", { message: "my bin wasnt collected" }, RASA, 400, "BadRequest"],
    ["an empty sender", { ...good, sender: "" }, RASA, 400, "BadRequest"],
    ["too many words", { ...good, message: "a".repeat(5000) }, RASA, 413, "MessageTooLong"],
    ["too large a body", { ...good, message: HUGE }, RASA, 413, "MessageTooLong"],
  ]) {
    const answer = await say(body, { token });
    assert.deepEqual([answer.status, answer.body.code, answer.body.status, answer.body.reason], [status, status, "failure", reason], what);
    assert.ok(!answer.body.message.includes("collected"), what);
  }
  const first = await say(good, { at: guarded });
  assert.match(first.body[0].text, /automated assistant/);
  await untilEnded();
  const again = await say(good, { at: guarded });
  assert.deepEqual([again.status, again.body.length], [200, first.body.length], "greeted and answered again");
});
