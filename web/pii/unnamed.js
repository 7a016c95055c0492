// Numbers that nothing names: "I pay on the 28th from 44106379", "yes 77301925", "3C9LZP is what it says". Whoever gives
// another number of such a form says what it is.

import { meets, split } from "./cues.js";

/** Cues that say what a number is, or that one is of that sort. */
const NAMED = ["REFERENCE", "CODE", "CASE", "TAX_REF", "PERMIT", "VERSION"];
/** Mostly one digit over and over, a day, years, hours; or Childline, or a number from abroad. */
const DAY = "(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])";
const HOUR = "[0-2][0-9](?:[03]0|[14]5)";
const OTHER = new RegExp(`^(?:([0-9])\\1{5}.*|${DAY}(?:..|19..|20..)|(?:19|20)..(?:19..|20..|(?:0[1-9]|1[0-2])..)|${HOUR}${HOUR}|0800....|0044....)$`);

/** Those of the pending candidates that nothing spoke for, and of the badges, that are apart from every finding: none
 * overlaps another. */
export function unnamed(pending, isApart, { source, normal, cues, words }, { beside, names }) {
  const { text } = normal;
  const digits = text.replace(/[^0-9]/g, "").length;
  const candidates = [...pending.filter((hit) => mayBePersonal(hit, text, digits)), ...badges(source, normal, words)].filter(isApart);
  if (candidates.length === 0) return [];
  candidates.sort((one, other) => one.start - other.start);
  // "number" of a token says nothing.
  const isOfToken = (at) => {
    const cue = cues[split(cues, ({ start }) => start <= at) - 1];
    return cue?.cues.has("TOKEN") && at < cue.end;
  };
  const isNamed = cues.some((hit) => meets(hit, NAMED))
    || words.some((word) => names.includes(word.text) && !isOfToken(word.start));
  const hasAccount = candidates.some(({ kind, isWhole }) => kind === "UK_BANK_ACCOUNT" && isWhole);
  let done = 0;
  return candidates.filter(({ kind, start, end, isWhole }) => {
    const value = text.slice(start, end);
    // "401276", or six figures that are said, may be anything where more is said.
    const [isShown, mayBeAll] = kind === "UK_SORT_CODE" ? [value.length === "40-12-76".length || hasAccount, value.length === "401276".length]
      : kind === "CARD_EXPIRY" ? [value.includes("/"), true]
        : kind === "BLUE_BADGE" ? [!ON_MAPS.test(value), true] : [kind !== "CVV", false];
    const isAll = () => end - start >= digits
      && words.every((word) => word.start >= start && word.end <= end || beside.includes(word.text));
    const isSure = isWhole && isShown && !isNamed;
    if (start < done || !isSure && !((isWhole || mayBeAll) && isAll())) return false;
    done = end;
    return true;
  });
}

/** The groups in which numbers are given. */
const FORMS = {
  UK_SORT_CODE: "6,222",
  UK_BANK_ACCOUNT: "8,44,2222,233,11111111",
  UK_PASSPORT: "9,333,36,45,2223,111111111",
  UK_UTR: "a,55,433,334,46,424,1111111111",
};
for (const [kind, forms] of Object.entries(FORMS)) {
  const groups = (form) => Array.from(form, (size) => `[0-9]{${parseInt(size, 16)}}`).join("[ \\-]");
  FORMS[kind] = new RegExp(`^(?:${forms.split(",").map(groups).join("|")})$`);
}

/** Whether a number stands by itself, in a form in which what is personal is given and hardly anything else. */
function mayBePersonal({ kind, start, end, isCounted }, text, digits) {
  const value = text.slice(start, end);
  if (!standsAlone(text, start, end)) return false;
  if (kind === "CARD_EXPIRY") return value.includes("/") || digits <= 4;
  // "101", "000".
  if (kind === "CVV") return digits === 3 && !/^(?:1[01].|([0-9])\1\1)$/.test(value);
  // "school groups of 20-30-40", "at 12 30 45 people waited".
  if (kind === "UK_SORT_CODE" && (text.slice(0, start).endsWith(" of ") || value.includes(" ") && isCounted)) return false;
  return (kind === "UK_NHS" || FORMS[kind]?.test(value)) && !OTHER.test(value.replace(/[^0-9]/g, ""));
}

/** Whether what is before and after a number makes no more of it. */
function standsAlone(text, start, end) {
  // "(020) 7946 0999".
  const before = text.slice(Math.max(0, start - 4), start);
  const goesOn = /[0-9](?:.|\) )$/s.test(before) || /^[ \-./:%]?[0-9]/.test(text.slice(end, end + 2));
  return /(?:^|[ \n\t(":=])$/.test(before) && !goesOn;
}

/** "TP4417", "SJ86NW": rather on a map, or on a thing of the council's. */
const ON_MAPS = /^[a-z]{2}[0-9]{2}/;

/** Six letters and digits, two of each at least: "K77M2D"; in small letters by turns: "m2vh8z". */
function badges(source, normal, words) {
  return words.filter(({ start, end, text }) => {
    const digits = text.replace(/[^0-9]/g, "").length;
    if (text.length !== 6 || digits < 2 || digits > 4 || !standsAlone(normal.text, start, end)) return false;
    const typed = source.slice(...normal.source(start, end));
    const turns = text.split(/(?<=[0-9])(?=[^0-9])|(?<=[^0-9])(?=[0-9])/).length - 1;
    return /^[0-9A-Za-z]{6}$/.test(typed) && (turns > 2 || !/[a-z]/.test(typed));
  }).map(({ start, end }) => ({ kind: "BLUE_BADGE", start, end, isWhole: true }));
}
