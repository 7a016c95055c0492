// Questions that must be answered before something is done: a modal dialogue of the page's own, since
// browsers show none of theirs from within a frame. It holds the focus, and Escape means no.

import { make } from "./entries.js";

const dialog = document.getElementById("ask");
const title = document.getElementById("ask-title");
const body = document.getElementById("ask-body");
const [no, yes] = dialog.querySelectorAll("button");

no.addEventListener("click", () => dialog.close(""));
yes.addEventListener("click", () => dialog.close("yes"));

/** Asks; resolves to whether the answer was yes. `parts` are elements or texts of paragraphs. */
export function ask(question, parts, { refuse, agree }) {
  title.textContent = question;
  body.replaceChildren(...parts.map((part) => (typeof part === "string" ? make("p", "", part) : part)));
  no.textContent = refuse;
  yes.textContent = agree;
  dialog.returnValue = "";
  dialog.showModal();
  no.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
