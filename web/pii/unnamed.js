// Accounts and sort codes that nothing names: "I pay on the 28th from 44106379", "yes 77301925". Whoever gives another
// number of so many digits says what it is.

import { meets, split } from "./cues.js";

/** Cues that say what a number is, or that one is of that sort. */
const NAMED = ["REFERENCE", "CODE", "CASE", "TAX_REF", "PERMIT", "VERSION"];
/** Mostly one digit over and over, a day, years, hours; or Childline, or a number from abroad. */
const DAY = "(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])";
const HOUR = "[0-2][0-9](?:[03]0|[14]5)";
const OTHER = new RegExp(`^(?:([0-9])\\1{5}.*|${DAY}(?:..|19..|20..)|(?:19|20)..(?:19..|20..|(?:0[1-9]|1[0-2])..)|${HOUR}${HOUR}|0800....|0044....)$`);
/** Those of the pending candidates that nothing spoke for and that overlap no finding: none overlaps another. */
export function unnamed(pending, text, cues, { beside, names }) {
  const candidates = pending.filter((hit) => mayBeAccount(hit, text));
  if (candidates.length === 0) return [];
  const words = Array.from(text.matchAll(/[^\0-\/:-@[-\x60{-\x7f]+/g));
  const digits = text.replace(/[^0-9]/g, "").length;
  // "number" of a token says nothing.
  const isOfToken = (at) => {
    const cue = cues[split(cues, ({ start }) => start <= at) - 1];
    return cue?.cues.has("TOKEN") && at < cue.end;
  };
  const isNamed = cues.some((hit) => meets(hit, NAMED))
    || words.some(({ 0: word, index }) => names.includes(word) && !isOfToken(index));
  const hasAccount = candidates.some(({ kind, isWhole }) => kind === "UK_BANK_ACCOUNT" && isWhole);
  let done = 0;
  return candidates.filter(({ kind, start, end, isWhole }) => {
    const isAll = () => end - start >= digits
      && words.every(({ 0: word, index }) => index >= start && index < end || beside.includes(word));
    // "401276", or six figures that are said, may be anything where more is said.
    const isShown = kind !== "UK_SORT_CODE" || end - start === "40-12-76".length || hasAccount;
    const isSolid = end - start === "401276".length;
    const isSure = isWhole && isShown && !isNamed;
    if (start < done || !isSure && !((isWhole || isSolid) && isAll())) return false;
    done = end;
    return true;
  });
}

/** The groups in which sort codes and accounts are given. */
const CODE = /^[0-9]{2}(?:[0-9]{4}|(?:[ \-][0-9]{2}){2})$/;
const ACCOUNT = /^(?:[0-9]{8}|[0-9]{4}[ \-][0-9]{4}|[0-9]{2}(?:(?:[ \-][0-9]{2}){3}|(?:[ \-][0-9]{3}){2})|[0-9](?:[ \-][0-9]){7})$/;

/** Whether a number stands by itself, in a form in which accounts and sort codes are given and hardly anything else. */
function mayBeAccount({ kind, start, end, isCounted }, text) {
  const value = text.slice(start, end);
  const before = text.slice(Math.max(0, start - 4), start);
  // "(020) 7946 0999".
  const goesOn = /[0-9](?:.|\) )$/s.test(before) || /^[ \-./:%]?[0-9]/.test(text.slice(end, end + 2));
  // "school groups of 20-30-40", "at 12 30 45 people waited".
  const counts = before === " of " || value.includes(" ") && isCounted;
  const isForm = kind === "UK_NHS" || kind === "UK_BANK_ACCOUNT" && ACCOUNT.test(value)
    || kind === "UK_SORT_CODE" && CODE.test(value) && !counts;
  return /(?:^|[ \n\t(":=])$/.test(before) && !goesOn && isForm && !OTHER.test(value.replace(/[^0-9]/g, ""));
}
