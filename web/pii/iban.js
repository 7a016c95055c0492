// IBANs in running text, where the country says how many characters belong to one: in "gb94 barc ...
// 3459 for the refund" no pattern can tell the last group from the next word.

import { isIban } from "./checks.js";

/** The ranges of the text that hold an IBAN whose check holds. */
export function ibans(text, { iban_lengths: lengths }) {
  const found = [];
  // Between two characters may stand one of " -.~"; the fourth character shows how many there are.
  for (const { index: start } of text.matchAll(/[a-z](?=[ .~-]?[a-z](?:[ .~-]?[0-9]){2})/g)) {
    if (/[0-9a-z]/.test(text[start - 1] ?? "")) continue;
    let iban = "";
    let at = start;
    let wanted = 4;
    while (iban.length < wanted) {
      if (iban && text.startsWith(" then ", at)) at += 6;
      else if (iban && /[ .~-]/.test(text[at] ?? "")) at += 1;
      if (!/[0-9a-z]/.test(text[at] ?? "")) break;
      iban += text[at].toUpperCase();
      at += 1;
      if (iban.length === 4) wanted = lengths[iban.slice(0, 2)] ?? 0;
    }
    if (iban.length !== wanted || /[0-9a-z]/.test(text[at] ?? "")) continue;
    // Words would pass once in 97 times: an IBAN is mostly digits and ends with a word.
    const digits = iban.replace(/[^0-9]/g, "").length;
    if (digits > iban.length - digits && isIban(iban)) found.push([start, at]);
  }
  return found;
}
