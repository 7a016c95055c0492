// The plain chat page: one conversation over the WebSocket at /ws of this host.
//
// Keeps the protocol's promises from the page's side: one message is under way at a time, what is not
// acknowledged is sent again under the same number, what was seen is dropped, a gap is asked for, a
// lost connection is taken up again. Only the resume token is stored (sessionStorage); the words come back from the server,
// redacted. It decides nothing about the dialogue, and it loads nothing from elsewhere.

const TOKEN_KEY = "cece.token";
const WAITING_MAX = 64;
const HELD_MAX = 64;
const ACK_WAIT_MS = 20_000;
const PAUSE_FIRST_MS = 500;
const PAUSE_MAX_MS = 30_000;

// What the browser may offer to fill in, where the assistant asks for just this (WCAG 1.3.5).
const AUTOCOMPLETE = {
  UK_POSTCODE: "postal-code",
  UK_ADDRESS: "street-address",
  EMAIL: "email",
  PHONE: "tel",
  PERSON: "name",
  DATE_OF_BIRTH: "bday",
};

const GOODBYE = {
  ended: "This conversation has ended.",
  timed_out: "This conversation has ended, because nothing was said for a long time.",
  too_long: "This conversation has ended, because it reached its longest length.",
  superseded: "This conversation goes on in another window or tab.",
};

const byId = (id) => document.getElementById(id);
const log = byId("log");
const form = byId("form");
const input = byId("text");

const store = {
  // Storage can be switched off in the browser: then a reload begins a new conversation.
  read() { try { return sessionStorage.getItem(TOKEN_KEY); } catch { return null; } },
  write(token) { try { sessionStorage.setItem(TOKEN_KEY, token); } catch { /* as above */ } },
  clear() { try { sessionStorage.removeItem(TOKEN_KEY); } catch { /* as above */ } },
};

// ---------------------------------------------------------------- the conversation

const fresh = () => ({
  token: null,
  seen: 0, // highest number of the log that is shown or acknowledged
  gapUntil: 0, // while a resync runs: the frame that revealed the gap
  held: [], // what lies behind the gap, should the conversation end before it is filled
  acked: 0,
  waiting: [], // { frame, element, clientSeq? }: the first is under way once it has a number
  bytesMax: Infinity,
});

let talk = { ...fresh(), token: store.read() };
let socket = null;
let welcomed = false;
let over = false;
let attempts = 0;
let retryTimer = 0;
let ackTimer = 0;
let excuse = ""; // the server's, where it refuses a hello

function connect() {
  clearTimeout(retryTimer);
  if (over || socket) return;
  welcomed = false;
  talk.gapUntil = 0;
  talk.held = [];
  if (attempts === 0) status("Connecting");
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const opening = new WebSocket(`${scheme}//${location.host}/ws`);
  socket = opening;
  opening.onopen = () => {
    const page = { url: location.origin + location.pathname, title: document.title };
    const hello = { type: "hello", proto: 1, locale: document.documentElement.lang, page };
    if (talk.token) hello.resume = { token: talk.token, last_seq: talk.seen };
    opening.send(JSON.stringify(hello));
  };
  opening.onmessage = (message) => { if (socket === opening) take(JSON.parse(message.data)); };
  opening.onclose = (close) => {
    if (socket !== opening) return;
    socket = null;
    // 1002: the version is not spoken; 1008: policy. Coming back would meet the same.
    if (close.code === 1002 || close.code === 1008) {
      finish("The assistant cannot be reached from this page. Please reload it, or try later.");
    } else {
      comeBack(null);
    }
  };
}

// Leaves the connection, if there is one, and plans the next.
function comeBack(afterMs) {
  const leaving = socket;
  socket = null;
  welcomed = false;
  clearTimeout(ackTimer);
  leaving?.close();
  typing(false);
  if (over) return;
  const whole = Math.min(PAUSE_FIRST_MS * 2 ** Math.min(attempts, 10), PAUSE_MAX_MS);
  const pause = afterMs ?? whole / 2 + Math.random() * (whole / 2);
  attempts += 1;
  if (attempts > 1 || afterMs === null) {
    status(excuse || "The connection is lost and will be tried again. What you write is sent as soon as it is back.", true);
  }
  clearTimeout(retryTimer);
  retryTimer = setTimeout(connect, Math.min(pause, PAUSE_MAX_MS));
}

function take(frame) {
  switch (frame.type) {
    case "welcome": return welcome(frame);
    case "ack": return acknowledge(frame);
    case "warn": return warn(frame);
    case "say": return inOrder(frame, showSaid);
    case "redirect": return inOrder(frame, showRedirect);
    case "typing": return typing(true);
    case "error": return refuse(frame);
    case "reconnect": return comeBack(frame.after_ms);
    case "bye": return frame.reason === "slow" || frame.reason === "drain"
      ? comeBack(PAUSE_FIRST_MS)
      : goodbye(frame.reason);
    default: return undefined; // later types are nothing to this page
  }
}

function welcome(frame) {
  welcomed = true;
  excuse = "";
  talk.token = frame.token;
  store.write(frame.token);
  talk.bytesMax = frame.limits?.message_bytes_max ?? Infinity;
  talk.acked = Math.max(talk.acked, frame.last_client_seq ?? 0);
  // What was recorded before the line broke comes back in the replay, redacted.
  if (talk.waiting[0]?.clientSeq <= talk.acked) talk.waiting.shift().element?.remove();
  if (talk.waiting.length === 0) attempts = 0;
  byId("reference-code").textContent = frame.reference;
  byId("reference").hidden = false;
  byId("notice").textContent = frame.notice ?? "";
  byId("hours").textContent = frame.hours ?? "";
  byId("about").hidden = !(frame.notice || frame.hours);
  status("");
  transmit();
}

function submit(frame, element) {
  talk.waiting.push({ frame, element });
  if (talk.waiting.length === 1) transmit();
}

// Sends the message that is first in line. Others wait: the server takes their numbers without
// gaps, so were one refused, those sent after it would be refused too.
function transmit() {
  const [one] = talk.waiting;
  if (!one || !welcomed) return;
  one.clientSeq = talk.acked + 1;
  if (one.element) one.element.dataset.clientSeq = one.clientSeq;
  socket.send(JSON.stringify({ ...one.frame, client_seq: one.clientSeq }));
  // A line that died silently shows by a missing acknowledgement.
  wait(ACK_WAIT_MS, () => comeBack(null));
}

function wait(ms, then) {
  clearTimeout(ackTimer);
  ackTimer = setTimeout(then, ms);
}

function acknowledge({ client_seq: clientSeq, seq }) {
  if (clientSeq <= talk.acked) return;
  talk.acked = clientSeq;
  attempts = 0;
  status("");
  clearTimeout(ackTimer);
  if (talk.waiting[0]?.clientSeq === clientSeq) {
    const { element } = talk.waiting.shift();
    element?.querySelector(".sending")?.remove();
    if (element) element.dataset.seq = seq;
  }
  // The resident's own words take a number in the log, and this is all that is sent of them.
  if (seq === talk.seen + 1) talk.seen = seq;
  transmit();
}

// Shows what carries a number in the log: once, in order, and asks for what is missing.
function inOrder(frame, show) {
  if (frame.seq <= talk.seen) return;
  if (talk.gapUntil) {
    // The answer to a resync comes in order; what lies beyond the gap was under way before it,
    // and comes again.
    if (frame.seq > talk.gapUntil) return hold(frame, show);
    if (frame.seq === talk.gapUntil) {
      talk.gapUntil = 0;
      talk.held = [];
    }
  } else if (talk.seen > 0 && frame.seq > talk.seen + 1) {
    talk.gapUntil = frame.seq;
    hold(frame, show);
    socket.send(JSON.stringify({ type: "resync", from: talk.seen + 1 }));
    return;
  }
  talk.seen = frame.seq;
  show(frame);
}

function hold(frame, show) {
  if (talk.held.length < HELD_MAX) talk.held.push(() => show(frame));
}

function goodbye(reason) {
  for (const show of talk.held) show();
  finish(GOODBYE[reason.replaceAll("-", "_")] ?? "The service has ended this conversation.");
}

function refuse(frame) {
  if (frame.code === "unknown_conversation") {
    const unsent = talk.waiting;
    talk = fresh();
    store.clear();
    // Numbers begin anew too: what is shown already answers to none of them.
    for (const said of log.querySelectorAll(".resident")) {
      delete said.dataset.clientSeq;
      delete said.dataset.seq;
    }
    told("The earlier conversation is over, so a new one has begun.");
    for (const one of unsent) failed(one, "This message was not received.");
    comeBack(attempts === 0 ? 0 : null);
    return;
  }
  if (!welcomed) {
    excuse = frame.message;
    return;
  }
  const [one] = talk.waiting;
  if (one && one.clientSeq === frame.client_seq) {
    typing(false);
    clearTimeout(ackTimer);
    if (frame.retry_after_ms) {
      status(frame.message, true);
      return wait(frame.retry_after_ms, transmit);
    }
    // What was refused was not recorded, so its number is free again.
    talk.waiting.shift();
    failed(one, frame.message);
    return transmit();
  }
  // A resync was refused: a new connection brings what is missing.
  if (talk.gapUntil) return comeBack(null);
  return told(frame.message);
}

function finish(text) {
  over = true;
  store.clear();
  clearTimeout(retryTimer);
  clearTimeout(ackTimer);
  socket?.close();
  socket = null;
  const focusIsLost = form.contains(document.activeElement) || document.activeElement === byId("end");
  typing(false);
  settleChoices();
  status("");
  form.hidden = true;
  byId("end").hidden = true;
  byId("over-text").textContent = text;
  byId("over").hidden = false;
  if (focusIsLost) byId("anew").focus();
  byId("over").scrollIntoView({ block: "nearest" });
}

function beginAnew() {
  talk = fresh();
  store.clear();
  over = false;
  attempts = 0;
  log.replaceChildren();
  byId("over").hidden = true;
  byId("reference").hidden = true;
  byId("forget").hidden = false;
  byId("end").hidden = false;
  form.hidden = false;
  input.focus();
  connect();
}

// ---------------------------------------------------------------- what is seen

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

// Adds one whole entry, so that it is announced once, and keeps the newest in sight only for those
// who were at the end already.
function append(element) {
  const page = document.scrollingElement;
  const wasAtEnd = page.scrollHeight - page.scrollTop - page.clientHeight < 120;
  log.append(element);
  if (wasAtEnd) page.scrollTop = page.scrollHeight;
}

function entry(from, text) {
  const names = { assistant: "Assistant", officer: "Council officer", resident: "You" };
  const said = make("div", `said ${from}`);
  said.append(make("p", "who", names[from] ?? from));
  const words = make("p", "words", text);
  words.dir = "auto";
  said.append(words);
  return said;
}

function told(text) {
  append(make("p", "told", text));
}

function link({ text, url }) {
  const anchor = make("a", "", text);
  let target;
  try { target = new URL(url); } catch { return make("span", "", text); }
  if (target.protocol !== "https:" && target.protocol !== "http:") return make("span", "", text);
  anchor.href = target.href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  anchor.append(make("span", "for-the-ear", " (opens in a new tab)"));
  return anchor;
}

function showSaid(frame) {
  typing(false);
  if (frame.from === "resident") {
    if (!frame.text) return; // that the end was asked for
    const shown = log.querySelector(`.resident[data-seq="${Number(frame.seq)}"]`);
    if (!shown) append(entry("resident", frame.text));
    return;
  }
  settleChoices();
  const said = entry(frame.from, frame.text);
  if (frame.links?.length) {
    const list = make("ul", "links");
    for (const one of frame.links) {
      const item = make("li");
      item.append(link(one));
      list.append(item);
    }
    said.append(list);
  }
  if (frame.choices?.length) said.append(choiceList(frame.choices));
  append(said);
  const kinds = frame.expects?.kinds ?? [];
  input.autocomplete = (kinds.length === 1 && AUTOCOMPLETE[kinds[0]]) || "off";
}

function choiceList(choices) {
  const list = make("div", "choices");
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", "Choices");
  for (const choice of choices) {
    const button = make("button", "", choice.label);
    button.type = "button";
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true" || talk.waiting.length >= WAITING_MAX) return;
      settleChoices();
      button.setAttribute("aria-pressed", "true");
      sendOwn({ type: "choose", choice: choice.id }, choice.label);
    });
    list.append(button);
  }
  return list;
}

// Choices hold for one question. They stay focusable, so that nobody's focus is lost.
function settleChoices() {
  for (const button of log.querySelectorAll(".choices button")) button.setAttribute("aria-disabled", "true");
}

function showRedirect(frame) {
  typing(false);
  settleChoices();
  const card = make("section", frame.urgent ? "said card urgent" : "said card");
  card.setAttribute("aria-label", frame.name);
  if (frame.urgent) card.append(make("p", "flag", "Urgent"));
  card.append(make("h3", "", frame.name));
  const facts = make("dl");
  const fact = (name, value) => {
    if (!value) return;
    facts.append(make("dt", "", name));
    const detail = make("dd");
    detail.append(value);
    facts.append(detail);
  };
  fact("For", frame.reason);
  fact("Work done by", frame.contractor);
  if (frame.phone) {
    const call = make("a", "", frame.phone);
    call.href = `tel:${frame.phone.replace(/[^+\d]/g, "")}`;
    fact("Phone", call);
  }
  if (frame.url) fact("Web page", link({ text: frame.name, url: frame.url }));
  fact("Hours", frame.hours);
  fact("Now", frame.open_now ? "Open" : frame.opens ? `Closed. Opens ${frame.opens}` : "Closed");
  fact("Passed on", frame.summary);
  card.append(facts);
  append(card);
}

// Marks what was personal in the message, and says beside it what happened and what to do instead.
function warn(frame) {
  // In a replay the warning follows the words it is about.
  const said = log.querySelector(`.resident[data-client-seq="${Number(frame.client_seq)}"]`)
    ?? [...log.querySelectorAll(".resident")].at(-1);
  const warning = make("div", "warning");
  warning.append(make("p", "", frame.text));
  if (!said) return append(warning);
  if (said.querySelector(".warning")) return undefined; // repeated after a resend
  const words = said.querySelector(".words");
  // Offsets count code points of the message as it was sent.
  const points = Array.from(words.textContent);
  const marked = [];
  let at = 0;
  for (const { start, end } of frame.findings) {
    // A replay has redacted words, and so no positions.
    if (!(start >= at && end > start && end <= points.length)) continue;
    marked.push(points.slice(at, start).join(""), make("mark", "", points.slice(start, end).join("")));
    at = end;
  }
  words.replaceChildren(...marked, points.slice(at).join(""));
  said.append(warning);
  return said.scrollIntoView({ block: "nearest" });
}

function failed(one, text) {
  if (!one.element) return told(text);
  delete one.element.dataset.clientSeq;
  one.element.querySelector(".sending")?.remove();
  const box = make("div", "failed");
  box.append(make("p", "", `Not sent. ${text}`));
  const again = make("button", "", "Send again");
  again.type = "button";
  again.addEventListener("click", () => {
    one.element.remove();
    sendOwn(one.frame, one.element.querySelector(".words").textContent);
    input.focus();
  });
  box.append(again);
  one.element.append(box);
  return box.scrollIntoView({ block: "nearest" });
}

function sendOwn(frame, words) {
  const said = entry("resident", words);
  const sending = make("p", "sending", "Sending");
  sending.setAttribute("aria-hidden", "true"); // that it was sent is the rule; that it was not is announced
  said.append(sending);
  append(said);
  document.scrollingElement.scrollTop = document.scrollingElement.scrollHeight;
  submit(frame, said);
}

function status(text, lost = false) {
  const place = byId("status");
  if (place.textContent !== text) place.textContent = text;
  place.classList.toggle("lost", lost);
}

function typing(on) {
  byId("typing").hidden = !on;
}

function fault(text) {
  byId("fault").textContent = text;
  byId("fault").hidden = !text;
  input.setAttribute("aria-invalid", String(Boolean(text)));
}

// ---------------------------------------------------------------- what is done

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (!text) return input.focus();
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > talk.bytesMax) {
    return fault(`This message is too long by about ${bytes - talk.bytesMax} characters. Please shorten it, or send it in parts.`);
  }
  if (talk.waiting.length >= WAITING_MAX) {
    return fault("Many messages are waiting to be sent. Please wait until the connection is back.");
  }
  fault("");
  input.value = "";
  settleChoices();
  sendOwn({ type: "message", text }, text);
  return input.focus();
});

// Enter sends and Shift+Enter breaks the line, except while an input method composes.
input.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

byId("end").addEventListener("click", () => {
  if (!talk.waiting.some((one) => one.frame.type === "end")) submit({ type: "end" }, null);
});

byId("forget").addEventListener("click", () => {
  if (!confirm("Forget this chat? It disappears from this page and cannot be opened from this device again. Note its reference first if you may need it.")) return;
  log.replaceChildren();
  byId("forget").hidden = true;
  finish("This chat is forgotten on this device.");
});

byId("anew").addEventListener("click", beginAnew);

addEventListener("online", () => { if (!socket) connect(); });
addEventListener("offline", () => comeBack(null));

connect();
