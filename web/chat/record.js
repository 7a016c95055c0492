// The conversation as text that a person can take along: a file, a mail of their own, paper.
//
// It is made on the device from what is shown. Personal data that was taken out stays out of it.

import { fill } from "./words.js";

// Mail programs take links of about two thousand characters.
const MAIL_CHARS_MAX = 1800;

/** The conversation as lines of text. `list` holds { at, who, text } in order. */
export function recordText(list, { words, title, reference }) {
  const day = new Intl.DateTimeFormat(words.lang, { dateStyle: "long", timeStyle: "short" });
  const heading = [fill(words.recordTitle, { title }), `${words.reference} ${reference}`];
  const said = list.map(({ at, who, text }) => `${day.format(at)}  ${who}\n${text}`);
  return [heading.join("\n"), ...said].join("\n\n") + "\n";
}

/** Saves it as a file. */
export function download(list, context) {
  const text = recordText(list, context);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = `${context.words.file}-${context.reference || "CeCe"}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A link by which the person's own mail program writes it to them; nothing is sent from here. */
export function mailLink(list, context) {
  const subject = `${fill(context.words.recordTitle, context)} ${context.reference}`;
  let body = recordText(list, context);
  const encoded = (text) => `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`;
  if (encoded(body).length > MAIL_CHARS_MAX) {
    while (encoded(body).length > MAIL_CHARS_MAX - 100) body = Array.from(body).slice(0, Math.floor(body.length * 0.9)).join("");
    body += `…\n\n${context.words.recordShort}\n`;
  }
  return encoded(body);
}
