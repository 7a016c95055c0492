// The log of the conversation: what was said, by whom and when, choices, links, departments, warnings.
//
// Everything is put in as text, never as markup, whoever wrote it. An entry is added whole, so that it
// is announced once; nothing here moves the focus.

import { fill } from "./words.js";

// Entries that come within this time of one another belong together.
const TOGETHER_MS = 1_000;
const SCHEMES = new Set(["https:", "http:"]);

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

export class Entries {
  #log;
  #words;
  #clock;
  #onChoose;
  #onAgain;
  #first = null; // of the entries that came together last
  #addedAt = 0;
  #scrolledTo = -1;
  /** What was said, for a record: { at, who, text }, in order. */
  list = [];

  constructor(log, words, { onChoose, onAgain }) {
    this.#log = log;
    this.#words = words;
    this.#clock = new Intl.DateTimeFormat(words.lang, { timeStyle: "short" });
    this.#onChoose = onChoose;
    this.#onAgain = onAgain;
  }

  clear() {
    this.#log.replaceChildren();
    this.list = [];
  }

  /** Numbers begin anew: what is shown answers to none of them any more. */
  forgetNumbers() {
    for (const said of this.#log.querySelectorAll(".resident")) {
      delete said.dataset.clientSeq;
      delete said.dataset.seq;
    }
  }

  /** The resident's own words, on their way. */
  own(text) {
    const said = this.#entry("resident", text);
    const state = make("p", "sending", this.#words.sending);
    state.setAttribute("aria-hidden", "true"); // that it was sent is the rule; that it was not is announced
    said.append(state);
    this.#addedAt = 0;
    this.#append(said);
    document.scrollingElement.scrollTop = document.scrollingElement.scrollHeight;
    this.#scrolledTo = document.scrollingElement.scrollTop;
    return said;
  }

  sending(said, clientSeq) {
    said.dataset.clientSeq = clientSeq;
  }

  acked(said, seq) {
    said.querySelector(".sending")?.remove();
    said.dataset.seq = seq;
  }

  /** Whatever waits says so, or that it is on its way again. */
  waiting(lost) {
    for (const state of this.#log.querySelectorAll(".sending")) {
      state.textContent = lost ? this.#words.waiting : this.#words.sending;
    }
  }

  /** It comes again in the replay, redacted. */
  drop(said) {
    this.list = this.list.filter((one) => one.element !== said);
    said.remove();
  }

  failed(item, why) {
    const said = item.entry;
    delete said.dataset.clientSeq;
    said.querySelector(".sending")?.remove();
    const box = make("div", "failed");
    box.append(make("p", "", `${this.#words.notSent} ${why}`));
    const again = make("button", "", this.#words.again);
    again.type = "button";
    again.addEventListener("click", () => {
      const words = said.querySelector(".words").textContent;
      this.drop(said);
      this.#onAgain(item, words);
    });
    box.append(again);
    said.append(box);
    box.scrollIntoView({ block: "nearest" });
  }

  told(text) {
    this.#append(make("p", "told", text));
  }

  said(frame) {
    const at = frame.at ? new Date(frame.at) : new Date();
    if (frame.from === "resident") {
      if (!frame.text) return; // that the end was asked for
      const shown = this.#log.querySelector(`.resident[data-seq="${Number(frame.seq)}"]`);
      if (shown) return;
      this.settleChoices();
      this.#append(this.#entry("resident", frame.text, at));
      return;
    }
    this.settleChoices();
    const said = this.#entry(frame.from, frame.text, at);
    if (frame.links?.length) said.append(this.#links(frame.links));
    if (frame.choices?.length) said.append(this.#choices(frame.choices));
    this.#append(said);
  }

  redirected(frame) {
    this.settleChoices();
    const words = this.#words;
    const card = make("section", frame.urgent ? "said card urgent" : "said card");
    card.setAttribute("aria-label", frame.name);
    if (frame.urgent) card.append(make("p", "flag", words.urgent));
    const name = make("h3", "", frame.name);
    name.dir = "auto";
    card.append(name);
    const facts = make("dl");
    const lines = [];
    const fact = (term, value, { text = value, className = "" } = {}) => {
      if (!value) return;
      facts.append(make("dt", "", term));
      const detail = make("dd", className);
      detail.dir = "auto";
      detail.append(value);
      facts.append(detail);
      lines.push(`${term}: ${text}`);
    };
    fact(words.for, frame.reason);
    fact(words.contractor, frame.contractor);
    if (frame.phone) {
      const call = make("a", "", frame.phone);
      call.href = `tel:${frame.phone.replace(/[^+\d]/g, "")}`;
      fact(words.phone, call, { text: frame.phone, className: "phone" });
    }
    if (frame.url) fact(words.webPage, this.#link({ text: frame.name, url: frame.url }), { text: frame.url });
    fact(words.openHours, frame.hours);
    const shut = frame.opens ? fill(words.opens, frame) : words.closed;
    fact(words.now, frame.open_now ? words.open : shut, { className: frame.open_now ? "open" : "" });
    fact(words.passedOn, frame.summary);
    card.append(facts);
    const at = frame.at ? new Date(frame.at) : new Date();
    this.list.push({ at, who: words.assistant, text: [frame.name, ...lines].join("\n"), element: card });
    this.#append(card);
  }

  /** Marks what was personal in a message, and says beside it what happened and what to do instead. */
  warned(frame) {
    // In a replay the warning follows the words it is about.
    const said = this.#log.querySelector(`.resident[data-client-seq="${Number(frame.client_seq)}"]`)
      ?? [...this.#log.querySelectorAll(".resident")].at(-1);
    const warning = make("div", "warning");
    const text = make("p", "", frame.text);
    text.dir = "auto";
    warning.append(text);
    if (!said) return this.#append(warning);
    if (said.dataset.warned) return undefined; // repeated after a resend
    said.dataset.warned = "yes";
    const words = said.querySelector(".words");
    // Offsets count code points of the message as it was sent.
    const points = Array.from(words.textContent);
    const marked = [];
    let kept = "";
    let at = 0;
    for (const { start, end } of frame.findings) {
      // A replay has redacted words, and so no positions.
      if (!(start >= at && end > start && end <= points.length)) continue;
      const before = points.slice(at, start).join("");
      marked.push(before, make("mark", "", points.slice(start, end).join("")));
      kept += before + this.#words.removed;
      at = end;
    }
    const rest = points.slice(at).join("");
    words.replaceChildren(...marked, rest);
    const listed = this.list.find((one) => one.element === said);
    if (listed) listed.text = `${kept}${rest}`;
    // In danger the answer has come first, and is read first.
    if (said.nextElementSibling?.classList.contains("assistant")) return this.#append(warning);
    said.append(warning);
    return undefined;
  }

  /** Choices hold for one question. They stay focusable, so that nobody's focus is lost. */
  settleChoices() {
    for (const button of this.#log.querySelectorAll(".choices button")) button.setAttribute("aria-disabled", "true");
  }

  // Adds one whole entry, and brings it into sight only for those who were at the end already. What
  // comes together is shown from its beginning: a warning is not pushed out of sight by the answer.
  #append(element) {
    const page = document.scrollingElement;
    const wasAtEnd = page.scrollHeight - page.scrollTop - page.clientHeight < 120;
    // What is kept, and of whom one asks it, stands first and is to be read first.
    const isGreeting = this.#log.childElementCount === 0;
    this.#log.append(element);
    const now = Date.now();
    if (now - this.#addedAt > TOGETHER_MS) this.#first = element;
    this.#addedAt = now;
    const atEnd = wasAtEnd || Math.abs(page.scrollTop - this.#scrolledTo) < 2;
    if (!atEnd || isGreeting) return;
    const header = document.querySelector("header").offsetHeight;
    page.scrollTop = Math.min(page.scrollHeight, this.#first.offsetTop - header - 8);
    this.#scrolledTo = page.scrollTop;
  }

  #entry(from, text, at = new Date()) {
    const who = this.#words[from] ?? from;
    const said = make("div", `said ${from}`);
    const line = make("p", "who", `${who} `);
    const time = make("time", "", this.#clock.format(at));
    time.dateTime = at.toISOString();
    line.append(time);
    const words = make("p", "words", text);
    words.dir = "auto";
    said.append(line, words);
    this.list.push({ at, who, text, element: said });
    return said;
  }

  #links(links) {
    const list = make("ul", "links");
    for (const one of links) {
      const item = make("li");
      item.append(this.#link(one));
      list.append(item);
    }
    return list;
  }

  #link({ text, url }) {
    let target;
    try { target = new URL(url); } catch { return make("span", "", text); }
    if (!SCHEMES.has(target.protocol)) return make("span", "", text);
    const anchor = make("a", "", text);
    anchor.href = target.href;
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
    anchor.dir = "auto";
    anchor.append(make("span", "for-the-ear", ` ${this.#words.newTab}`));
    return anchor;
  }

  #choices(choices) {
    const list = make("div", "choices");
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", this.#words.choices);
    for (const choice of choices) {
      const button = make("button", "", choice.label);
      button.type = "button";
      button.dir = "auto";
      button.addEventListener("click", () => {
        if (button.getAttribute("aria-disabled") === "true") return;
        if (this.#onChoose(choice) === false) return;
        this.settleChoices();
        button.setAttribute("aria-pressed", "true");
      });
      list.append(button);
    }
    return list;
  }
}
