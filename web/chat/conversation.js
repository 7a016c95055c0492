// One conversation from the page's side: connections and their loss, what waits to be sent, timers.
//
// The numbers are kept by `session.js`, the way to the server by `connection.js`; what is seen is the
// business of the view that is given. It decides nothing about the dialogue.

import { restConnection, socketConnection } from "./connection.js";
import { Session } from "./session.js";
import { stored } from "./stored.js";

const ACK_WAIT_MS = 20_000;
const PAUSE_FIRST_MS = 500;
const PAUSE_MAX_MS = 30_000;
const TYPING_EVERY_MS = 10_000;
const IDLE_NOTICE_MS = 120_000;
// So often a WebSocket may fail that has never opened before the other way is tried.
const SOCKET_TRIES = 2;

export class Conversation {
  #view;
  #locale;
  #page;
  #session = new Session(stored.read().token);
  #connection = null;
  #attempts = 0;
  #socketFailed = 0;
  #socketWorks = false;
  #timers = { retry: 0, ack: 0, idle: 0 };
  #typedAt = 0;
  #limits = {};
  #excuse = ""; // the server's, where it refuses a hello
  #over = false;

  /** `page` gives { url, title } or null; `view` is told what happens, by the names below. */
  constructor({ view, locale, page }) {
    this.#view = view;
    this.#locale = locale;
    this.#page = page;
    addEventListener("online", () => this.#connection || this.start());
    addEventListener("offline", () => this.#leave(null));
    // Browsers keep pages that are left, and bring them back as they were, without their connections.
    addEventListener("pagehide", () => this.#connection?.close());
    addEventListener("pageshow", (event) => event.persisted && this.#leave(0));
  }

  get bytesMax() { return this.#limits.message_bytes_max ?? Infinity; }
  get unsent() { return this.#session.waiting.length; }
  get hasSaid() { return this.#session.acked > 0 || this.unsent > 0; }
  get isOver() { return this.#over; }

  /** Connects, and takes up the conversation that is stored, if there is one. */
  start() {
    clearTimeout(this.#timers.retry);
    if (this.#over || this.#connection) return;
    if (this.#attempts === 0) this.#view.connecting();
    // Another tab may have taken it up meanwhile, which gave it another token.
    this.#session.token = stored.read().token ?? this.#session.token;
    const way = !this.#socketWorks && this.#socketFailed >= SOCKET_TRIES ? restConnection : socketConnection;
    const isSocket = way === socketConnection;
    const connection = way({
      hello: () => this.#session.hello(this.#locale, this.#page()),
      onFrame: (frame) => {
        this.#socketWorks ||= isSocket;
        this.#take(frame);
      },
      onClose: (code) => {
        if (connection !== this.#connection) return;
        this.#connection = null;
        if (!connection.opened && navigator.onLine) this.#socketFailed += 1;
        // 1002: the version is not spoken; 1008: policy. Coming back would meet the same.
        if (code === 1002 || code === 1008) this.#finish("unreachable");
        else this.#leave(null);
      },
    });
    this.#connection = connection;
  }

  /** Sends words; false where too much is waiting. */
  say(text, entry) {
    return this.#submit({ frame: { type: "message", text }, entry });
  }

  choose(choice, entry) {
    return this.#submit({ frame: { type: "choose", choice }, entry });
  }

  end() {
    if (this.#session.waiting.some(({ frame }) => frame.type === "end")) return;
    this.#submit({ frame: { type: "end" }, entry: null });
  }

  /** Sends again what was refused. */
  again(item) {
    return this.#submit({ frame: item.frame, entry: item.entry });
  }

  /** Somebody is typing, or wants the conversation kept open. */
  stir(now = false) {
    if (!now && Date.now() - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = Date.now();
    if (this.#session.welcomed) this.#connection?.send({ type: "typing" });
    this.#watchIdle();
  }

  /** Ends it if it can be, takes it off this device, and shows nothing of it any more. */
  forget() {
    if (this.#session.welcomed && !this.#over) {
      this.#connection?.send({ type: "end", client_seq: this.#session.acked + 1 });
    }
    this.#finish("forgotten");
  }

  /** Begins a new one. */
  anew() {
    this.#hangUp();
    this.#session = new Session();
    stored.clear();
    this.#over = false;
    this.#attempts = 0;
    this.start();
  }

  /** Takes up here what was taken up in another tab. */
  takeBack() {
    this.#over = false;
    this.#attempts = 0;
    this.start();
  }

  // ------------------------------------------------------------ what comes

  #take(frame) {
    for (const [what, ...details] of this.#session.take(frame)) this.#do(what, details);
  }

  #do(what, [one, two]) {
    switch (what) {
      case "welcome": return this.#welcome(one);
      case "recorded": return this.#view.recorded(one.entry);
      case "acked": return this.#acked(one, two);
      case "warn": return this.#view.warned(one);
      case "show": return this.#show(one);
      case "typing": return this.#view.typing();
      case "send": return this.#connection?.send(one);
      case "leave": return this.#leave(one);
      case "retry": return this.#retry(one, two);
      case "failed": return this.#failed(one, two);
      case "anew": return this.#unknown(one);
      case "over": return this.#finish(one);
      case "told": return this.#told(one);
      default: throw new Error(`nothing is done about ${what}`);
    }
  }

  #welcome(frame) {
    this.#excuse = "";
    this.#limits = frame.limits ?? {};
    stored.write(frame.token, true);
    if (this.unsent === 0) this.#attempts = 0;
    this.#view.welcomed(frame);
    // Coming back is a sign of life too, and sets the clock by which time-outs are foretold.
    this.stir(true);
    this.#transmit();
  }

  #acked(item, seq) {
    this.#attempts = 0;
    clearTimeout(this.#timers.ack);
    this.#watchIdle();
    this.#view.acked(item?.entry ?? null, seq);
    this.#transmit();
  }

  #show(frame) {
    if (frame.type === "redirect") this.#view.redirected(frame);
    else this.#view.said(frame);
  }

  #retry(afterMs, frame) {
    this.#view.refusedForNow(frame.code, afterMs);
    this.#wait(afterMs, () => this.#transmit());
  }

  #failed(item, frame) {
    clearTimeout(this.#timers.ack);
    this.#view.failed(item, frame.code);
    this.#transmit();
  }

  // The token opens nothing any more: what was said is over, and what was not sent was not received.
  #unknown(unsent) {
    stored.clear();
    this.#view.begunAnew(unsent);
    this.#leave(0);
  }

  #told(frame) {
    if (this.#session.welcomed) this.#view.told(frame.code);
    else this.#excuse = frame.code;
  }

  // ------------------------------------------------------------ what goes

  #submit(item) {
    if (this.#over || !this.#session.submit(item)) return false;
    if (this.unsent === 1) this.#transmit();
    return true;
  }

  #transmit() {
    const frame = this.#session.first();
    if (!frame) return;
    this.#view.sending(this.#session.waiting[0].entry, frame.client_seq);
    this.#connection?.send(frame);
    // A line that died silently shows by a missing acknowledgement.
    this.#wait(ACK_WAIT_MS, () => this.#leave(null));
  }

  #wait(ms, then) {
    clearTimeout(this.#timers.ack);
    this.#timers.ack = setTimeout(then, ms);
  }

  // ------------------------------------------------------------ the line

  #hangUp() {
    const leaving = this.#connection;
    this.#connection = null;
    this.#session.left();
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    leaving?.close();
  }

  // Leaves the connection, if there is one, and plans the next.
  #leave(afterMs) {
    this.#hangUp();
    if (this.#over) return;
    const whole = Math.min(PAUSE_FIRST_MS * 2 ** Math.min(this.#attempts, 10), PAUSE_MAX_MS);
    const pause = afterMs ?? whole / 2 + Math.random() * (whole / 2);
    this.#attempts += 1;
    if (this.#attempts > 1 || afterMs === null) this.#view.lost(this.#excuse);
    this.#timers.retry = setTimeout(() => this.start(), Math.min(pause, PAUSE_MAX_MS));
  }

  #finish(reason) {
    this.#over = true;
    this.#hangUp();
    // Elsewhere it goes on with what is stored.
    if (reason !== "superseded" && reason !== "unreachable") stored.clear();
    this.#view.over(reason);
  }

  // No conversation times out without a word before (WCAG 2.2, 2.2.1).
  #watchIdle() {
    clearTimeout(this.#timers.idle);
    this.#view.idle(0);
    const whole = (this.#limits.inactivity_seconds ?? 0) * 1000;
    if (!whole || this.#over) return;
    const left = Math.min(IDLE_NOTICE_MS, whole / 2);
    this.#timers.idle = setTimeout(() => this.#view.idle(left), whole - left);
  }
}
