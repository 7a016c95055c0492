// Finds personal data in what a person is writing, before it leaves the device.
//
// The server reads every message again with all of its rules and decides; this is a courtesy to the
// person who writes, and knows only kinds that can be told for certain from a check digit or a form.

const digits = (text) => text.replace(/\D/g, "");

function luhn(number) {
  let sum = 0;
  for (let at = 0; at < number.length; at += 1) {
    let digit = Number(number[number.length - 1 - at]);
    if (at % 2) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}

// Card numbers by issuer and length, ISO/IEC 7812; National Insurance numbers by HMRC's NIM39110;
// mail addresses by the part of RFC 5322 that people use.
const RULES = [
  {
    kind: "CREDIT_CARD",
    pattern: /(?<![\d-])(?:\d[ -]?){12,18}\d(?![\d-])/g,
    holds: (text) => /^[2-6]\d{12,18}$/.test(digits(text)) && luhn(digits(text)),
  },
  {
    kind: "UK_NINO",
    pattern: /(?<![A-Z0-9])[A-Z]{2}[ -]?(?:\d{2}[ -]?){3}[A-D](?![A-Z0-9])/gi,
    holds: (text) => !/^(?:[DFIQUV]|.[DFIOQUV]|BG|GB|KN|NK|NT|TN|ZZ)/i.test(text) || /^QQ/i.test(text),
  },
  {
    kind: "EMAIL",
    pattern: /(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w-])/gi,
    holds: () => true,
  },
];

/**
 * Spans of personal data in `text` that was not asked for, in order, none within another.
 * `asked` are the kinds that the last question asked for; offsets count UTF-16 units.
 */
export function findPersonalData(text, { asked = [] } = {}) {
  const found = [];
  for (const { kind, pattern, holds } of RULES) {
    if (asked.includes(kind)) continue;
    for (const match of text.matchAll(pattern)) {
      if (holds(match[0])) found.push({ kind, start: match.index, end: match.index + match[0].length });
    }
  }
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  return found.filter((one, at) => at === 0 || one.start >= found[at - 1].end);
}
