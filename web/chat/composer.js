// The field in which a person writes: marks personal data as it is typed, says what it is and why not
// to send it, and asks once before a card number and its like are sent. Not for what was just asked for.

import { ask } from "./dialogs.js";
import { make } from "./entries.js";
import { fill } from "./words.js";

// What the browser may offer to fill in, where the assistant asks for just this (WCAG 2.2, 1.3.5).
const AUTOCOMPLETE = {
  UK_POSTCODE: "postal-code",
  UK_ADDRESS: "street-address",
  EMAIL: "email",
  PHONE: "tel",
  PERSON: "name",
  DATE_OF_BIRTH: "bday",
};

// What is asked about before it is sent: numbers that somebody could be robbed with. All else is marked and
// said while it is typed and no more, since a cry for help may give an address, a name or an injury, and
// nothing may stand in its way.
const ASKED_ABOUT = new Set([
  "CREDIT_CARD", "CVV", "CARD_EXPIRY", "UK_SORT_CODE", "UK_BANK_ACCOUNT", "IBAN",
  "UK_NINO", "UK_UTR", "UK_PASSPORT", "UK_DRIVING_LICENCE",
]);

// What is found is said when typing pauses, so that nobody is interrupted at each key.
const PAUSE_MS = 700;

export class Composer {
  #form = document.getElementById("form");
  #input = document.getElementById("text");
  #marks = document.getElementById("marks");
  #finding = document.getElementById("finding");
  #fault = document.getElementById("fault");
  #words;
  #warnings = {};
  #asked = null;
  #allowed = ""; // the text that was asked about and may go as it is
  #pause = 0;
  #asking = false;
  #tooLong;
  #findPersonalData = null; // once the detector is here
  #coming = null;

  /**
   * `send(text)` tells whether it was taken, or gives the fault; `typing()` is told of each change; `tooLong(text)`
   * gives the fault of a text that is longer than a message can be, or "". Such a text goes nowhere, and is not read.
   */
  constructor(words, { send, typing, tooLong }) {
    this.#words = words;
    this.#tooLong = tooLong;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(send);
    });
    // Enter sends and Shift+Enter breaks the line, except while an input method composes.
    this.#input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#form.requestSubmit();
      }
    });
    this.#input.addEventListener("focus", () => this.#fetchDetector());
    this.#input.addEventListener("input", () => {
      this.#fetchDetector();
      this.#fail("");
      this.#mark();
      typing();
    });
    this.#input.addEventListener("scroll", () => { this.#marks.scrollTop = this.#input.scrollTop; });
  }

  /** What to say about each kind, from the server: { KIND: { what, advice } }. */
  useWarnings(warnings) {
    this.#warnings = warnings;
    this.#mark();
  }

  /** A question is open that asks for these kinds; or none is. */
  expects(kinds = null) {
    this.#asked = kinds;
    this.#input.autocomplete = (kinds?.length === 1 && AUTOCOMPLETE[kinds[0]]) || "off";
    this.#mark();
  }

  /** `unmoved` leaves the page where it stands, which is at its beginning when it opens. */
  focus({ unmoved = false } = {}) { this.#input.focus({ preventScroll: unmoved }); }

  holdsFocus() { return this.#form.contains(document.activeElement); }

  show(on) {
    this.#form.hidden = !on;
    this.#fail("");
  }

  clear() {
    this.#input.value = "";
    this.#fail("");
    this.#mark();
  }

  async #submit(send) {
    const text = this.#input.value.trim();
    if (!text) return this.#input.focus();
    if (this.#asking) return undefined;
    const long = this.#tooLong(text);
    if (long) return this.#fail(long);
    const found = this.#find(text);
    if (found.some(({ kind }) => ASKED_ABOUT.has(kind)) && text !== this.#allowed) {
      this.#allowed = text;
      this.#asking = true;
      const go = await this.#ask(found);
      this.#asking = false;
      if (!go) return this.#input.focus();
    }
    const fault = send(text);
    if (fault) return this.#fail(fault);
    this.clear();
    return this.#input.focus();
  }

  // The detector is larger than the rest of the chat, so it comes when somebody turns to the field.
  // No message waits for it: until it is there, and where it cannot be had, the server's own reading is
  // what there is. The next key tries again.
  #fetchDetector() {
    this.#coming ??= import("../pii/index.js").then(({ findPersonalData, loadWords }) => {
      this.#findPersonalData = findPersonalData;
      this.#mark();
      return loadWords().then(() => this.#mark());
    }).catch(() => { this.#coming = null; });
    return this.#coming;
  }

  #find(text) {
    if (this.#tooLong(text.trim())) return [];
    return this.#findPersonalData?.(text, { asked: this.#asked }) ?? [];
  }

  #kinds(found) {
    return [...new Set(found.map(({ kind }) => kind))].map((kind) => {
      const { what = this.#words.someKind, advice = "" } = this.#warnings[kind] ?? {};
      return { what, advice };
    });
  }

  #ask(found) {
    const words = this.#words;
    const list = make("ul");
    for (const { what, advice } of this.#kinds(found)) {
      const item = make("li", "", `${what[0].toUpperCase()}${what.slice(1)}. ${advice}`);
      item.dir = "auto";
      list.append(item);
    }
    return ask(words.askTitle, [words.askIntro, list, words.askNote], { refuse: words.change, agree: words.anyway });
  }

  // The marks lie behind the field, letter under letter.
  #mark() {
    const text = this.#input.value;
    const found = this.#find(text);
    const parts = [];
    let at = 0;
    for (const { start, end } of found) {
      parts.push(text.slice(at, start), make("mark", "", text.slice(start, end)));
      at = end;
    }
    // A line break at the end has height only with something after it.
    this.#marks.replaceChildren(...parts, `${text.slice(at)}\u200b`);
    this.#marks.scrollTop = this.#input.scrollTop;
    clearTimeout(this.#pause);
    const say = () => {
      const about = this.#kinds(found).map((kind) => fill(this.#words.looksLike, kind).trim());
      const whole = about.join(" ");
      if (this.#finding.textContent !== whole) this.#finding.textContent = whole;
    };
    if (found.length) this.#pause = setTimeout(say, PAUSE_MS);
    else say();
  }

  #fail(text) {
    this.#fault.textContent = text;
    this.#fault.hidden = !text;
    this.#input.setAttribute("aria-invalid", String(Boolean(text)));
  }
}
