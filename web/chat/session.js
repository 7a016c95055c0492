// What a client must remember between connections, and what it does about each frame.
//
// Pure: no socket, no timer, no page. It keeps the token, the highest number seen and the messages
// that are not acknowledged; `take` gives what is to be done, as a list of [what, ...details]:
//   welcome frame · recorded item · acked item seq · warn frame · show frame · typing ·
//   send frame · leave afterMs|null · retry afterMs frame · failed item frame · anew items ·
//   over reason · told frame
// An item is what was submitted: { frame, clientSeq?, entry } with the caller's `entry`.

const HELD_MAX = 64;
export const WAITING_MAX = 64;

export class Session {
  constructor(token = null) {
    this.token = token;
    this.welcomed = false;
    this.seen = 0; // highest number of the log that is shown or acknowledged
    this.gapUntil = 0; // while a resync runs: the frame that revealed the gap
    this.held = []; // what lies behind the gap, should the conversation end before it is filled
    this.acked = 0;
    this.warned = 0;
    this.waiting = []; // the first is under way once it has a number
  }

  /** A new connection stands: the frame to send first. */
  hello(locale, page) {
    this.left();
    const hello = { type: "hello", proto: 1, locale };
    if (page) hello.page = page;
    if (this.token) hello.resume = { token: this.token, last_seq: this.seen };
    return hello;
  }

  /** The connection is gone. */
  left() {
    this.welcomed = false;
    this.gapUntil = 0;
    this.held = [];
  }

  /** Puts a message in line; whether there was room. */
  submit(item) {
    if (this.waiting.length >= WAITING_MAX) return false;
    this.waiting.push(item);
    return true;
  }

  /**
   * The message that is first in line, numbered, or null. Others wait: the server takes their numbers
   * without gaps, so were one refused, those sent after it would be refused too.
   */
  first() {
    const [one] = this.waiting;
    if (!one || !this.welcomed) return null;
    one.clientSeq = this.acked + 1;
    return { ...one.frame, client_seq: one.clientSeq };
  }

  take(frame) {
    switch (frame.type) {
      case "welcome": return this.#welcome(frame);
      case "ack": return this.#ack(frame);
      case "warn": return this.#warn(frame);
      case "say":
      case "redirect": return this.#logged(frame);
      case "typing": return [["typing"]];
      case "error": return this.#refused(frame);
      case "reconnect": return [["leave", frame.after_ms]];
      case "bye": return this.#bye(frame.reason);
      default: return []; // later types are nothing to this page
    }
  }

  #welcome(frame) {
    this.welcomed = true;
    this.token = frame.token;
    this.acked = Math.max(this.acked, frame.last_client_seq ?? 0);
    const done = [["welcome", frame]];
    // What was recorded before the line broke comes back in the replay, redacted.
    if (this.waiting[0]?.clientSeq <= this.acked) done.push(["recorded", this.waiting.shift()]);
    return done;
  }

  #ack({ client_seq: clientSeq, seq }) {
    if (clientSeq <= this.acked) return [];
    this.acked = clientSeq;
    // The resident's own words take a number in the log, and this is all that is sent of them.
    if (seq === this.seen + 1) this.seen = seq;
    const mine = this.waiting[0]?.clientSeq === clientSeq ? this.waiting.shift() : null;
    return [["acked", mine, seq]];
  }

  #warn(frame) {
    if (frame.client_seq !== undefined) {
      if (frame.client_seq <= this.warned) return [];
      this.warned = frame.client_seq;
    }
    return [["warn", frame]];
  }

  // What carries a number in the log: once, in order, and what is missing is asked for.
  #logged(frame) {
    if (frame.seq <= this.seen) return [];
    if (this.gapUntil) {
      // The answer to a resync comes in order; what lies beyond the gap was under way before it,
      // and comes again.
      if (frame.seq > this.gapUntil) return this.#hold(frame);
      if (frame.seq === this.gapUntil) {
        this.gapUntil = 0;
        this.held = [];
      }
    } else if (this.seen > 0 && frame.seq > this.seen + 1) {
      this.gapUntil = frame.seq;
      this.#hold(frame);
      return [["send", { type: "resync", from: this.seen + 1 }]];
    }
    this.seen = frame.seq;
    return [["show", frame]];
  }

  #hold(frame) {
    if (this.held.length < HELD_MAX) this.held.push(frame);
    return [];
  }

  #bye(reason) {
    if (reason === "slow" || reason === "drain") return [["leave", null]];
    return [...this.held.splice(0).map((frame) => ["show", frame]), ["over", reason.replaceAll("-", "_")]];
  }

  #refused(frame) {
    if (frame.code === "unknown_conversation") {
      const unsent = this.waiting.splice(0);
      Object.assign(this, new Session());
      return [["anew", unsent]];
    }
    const [one] = this.waiting;
    if (one && one.clientSeq !== undefined && one.clientSeq === frame.client_seq) {
      if (frame.retry_after_ms) return [["retry", frame.retry_after_ms, frame]];
      // What was refused was not recorded, so its number is free again.
      this.waiting.shift();
      return [["failed", one, frame]];
    }
    // A resync was refused: a new connection brings what is missing.
    if (this.gapUntil) return [["leave", null]];
    return [["told", frame]];
  }
}
