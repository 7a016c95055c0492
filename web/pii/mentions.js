// Names of people that nothing announces: a line of its own, "X here", a known first name in the middle of a
// sentence, in capitals or not; "Hope is my daughter's name"; "... and Una". A place, a school or a pub that
// is called after somebody is none.

import { capitals, isAdjective, isInitial, isKnown, isName, isNameWord, isUnusual } from "./person.js";
import { placeAfter, placed, small } from "./person.js";

const NAME_WORDS_MAX = 3;
const LETTERS_MIN = 4;

const list = (words) => words.split(" ");
const ANNOUNCERS = list("for in from by to with of is dear told and under as");

/** A line that is a first name that is known and one or two words more, in any case: the head of an
 * address, the foot of a letter. The word after it. */
export function onItsLine(scene, at) {
  if (!isKnown(scene, at) || !(at === 0 || scene.gap(at).includes("\n"))) return null;
  let end = at + 1;
  while (end < at + 3 && [" ", "-", "'", ". "].includes(scene.gap(end)) && isNameWord(scene, end)) end += 1;
  // The whole message is a name: only if the surname is known.
  const closed = end < scene.words.length ? scene.gap(end).startsWith("\n") : at > 0 || scene.is(end - 1, "SURNAME");
  return end >= at + 2 && closed && !placed(scene, at, end) ? end : null;
}

/** A name in a sentence, as far as it shows by itself. The word after it. */
export function mentioned(scene, at, loud) {
  const end = here(scene, at, loud) ?? initialled(scene, at, loud);
  if (end !== null) return end;
  if (loud) return inAShout(scene, at);
  return scene.capital(at) ? inCapitals(scene, at) : inSmallLetters(scene, at);
}

/** What is said before a name that is given without more words. */
export const isGreeting = (scene, at) => scene.is(at, "GREETING");

/** "ewelina here", "Zubaida Begum here", "frank speaking", at the beginning of a clause. */
function here(scene, at, loud) {
  const greeted = at > 0 && isGreeting(scene, at - 1);
  const begins = at === 0 || /[,.!\n]/.test(scene.gap(at)) || greeted && scene.gap(at) === " ";
  const first = isName(scene, at);
  if (!begins || !(first || isNameWord(scene, at))) return null;
  let end = at + 1;
  while (end < at + NAME_WORDS_MAX && [" ", "-", "'"].includes(scene.gap(end)) && isNameWord(scene, end)
    && (scene.capital(end) || !scene.is(end, "COMMON"))) end += 1;
  const isHere = (word) => scene.gap(word) === " " && scene.is(word, "HERE");
  // "may from the bowling club here".
  let from = false;
  if (first && scene.gap(end) === " " && scene.word(end) === "from") {
    for (let word = end + 1; word < end + 7 && [" ", "'", "-"].includes(scene.gap(word)); word += 1) from ||= isHere(word);
  }
  const all = (test) => Array.from({ length: end - at }, (_, nth) => at + nth).every(test);
  // "hello priti sharma here".
  const pair = end === at + 2 && greeted && all((word) => isUnusual(scene, word));
  const named = first || pair || end >= at + 2 && !loud && all((word) => scene.capital(word));
  return named && (isHere(end) || from) && !placed(scene, at, end) ? end : null;
}

/** "P. Holroyd", and "for A Zielinska" after words that people come after. */
function initialled(scene, at, loud) {
  const next = at + 1;
  const dotted = [". ", "."].includes(scene.gap(next));
  const announced = ANNOUNCERS.includes(scene.word(at - 1)) && !loud;
  const word = isInitial(scene, at) && scene.capital(next) && isNameWord(scene, next) && scene.word(next).length > 2;
  const letter = scene.word(at) !== "i" && (dotted || announced);
  if (!word || !letter || scene.is(next, "COMMON", "PLACE") || placeAfter(scene, at + 2)) return null;
  return loud ? at + 2 : capitals(scene, at);
}

/** Capitals say nothing, so the first name must be known and have a surname. */
function inAShout(scene, at) {
  const surname = scene.is(at + 1, "SURNAME") || /[a-z]/.test(scene.source) && !scene.is(at + 1, "COMMON");
  const pair = isKnown(scene, at) && scene.gap(at + 1) === " " && isNameWord(scene, at + 1) && scene.capital(at) && surname;
  const place = scene.is(at - 1, "SAINT") || placed(scene, at, at + 2) || placeAfter(scene, at + 2);
  return pair && !place ? at + 2 : null;
}

/** A known first name in capitals, alone or with a surname, anywhere: not "Victoria Road". */
function inCapitals(scene, at) {
  const inside = scene.capital(at - 1) && scene.gap(at) === " " && !scene.is(at - 1, "NOT_NAME");
  if (inside || scene.is(at - 1, "SAINT") && [" ", ". "].includes(scene.gap(at)) || scene.is(at, "TITLE")) return null;
  const end = capitals(scene, at);
  if (placed(scene, at, end) || placeAfter(scene, end)) return null;
  if (isName(scene, at)) {
    const alone = end === at + 1 && isKnown(scene, at) && !scene.is(at, "PLACE_NAME");
    return alone || end >= at + 2 ? end : null;
  }
  const surname = end === at + 2 && scene.is(at + 1, "SURNAME") && isNameWord(scene, at) && !scene.is(at - 1, "BEFORE_PLACE");
  // "Mair Probert, 3 Cae Glas".
  const begins = at === 0 || scene.gap(at).includes("\n");
  const ofAddress = begins && end >= at + 2 && isNameWord(scene, at) && scene.gap(end).startsWith(",")
    && /^[0-9]/.test(scene.word(end));
  return surname || ofAddress ? end : null;
}

/** "can you put zofia on the list": a common first name that is nothing else. */
function inSmallLetters(scene, at) {
  const first = scene.is(at, "FIRST_NAME") && !scene.is(at, "PLACE_NAME") && scene.word(at).length >= LETTERS_MIN;
  if (!first || scene.is(at - 1, "SAINT") || isName(scene, at - 1) && scene.gap(at) === " ") return null;
  // "mark@example.org" and "www.bradley" are no sentences.
  const gap = scene.gap(at);
  const apart = at === 0 || /[ \n]/.test(gap) || ["", "'", ",", "."].includes(gap);
  if (!apart || scene.gap(at + 1).startsWith("@")) return null;
  const end = small(scene, at, false);
  return placed(scene, end - 1, end) || placeAfter(scene, end) ? null : end;
}

/** "Hope is my daughter's name", "Ng is my surname": the name before the word `is` at `at`. */
export function thisIsMyName(scene, at) {
  if (scene.word(at) !== "is" || !list("my the her his our their me").includes(scene.word(at + 1))) return null;
  let name = false;
  for (let word = at + 2; word < at + 5 && [" ", "'"].includes(scene.gap(word)); word += 1) {
    name ||= ["name", "surname"].includes(scene.word(word));
  }
  let from = at;
  while (from > 0 && at - from < NAME_WORDS_MAX && [" ", "-", "'"].includes(scene.gap(from))
    && (isNameWord(scene, from - 1) || scene.is(from - 1, "EVERYDAY_NAME"))) from -= 1;
  const begins = from === 0 || /[,.\n]/.test(scene.gap(from));
  return name && from < at && begins ? [from, at] : null;
}

/** "can daisy and alfie winstanley share": a name that is a word too, before one that was found. */
export function oneBefore(scene, from) {
  const left = from - 2;
  const joined = left >= 0 && scene.word(from - 1) === "and" && scene.gap(from) === " " && scene.gap(from - 1) === " ";
  const name = joined && isName(scene, left) && !isAdjective(scene.word(left));
  return name && isKnown(scene, from) && !scene.is(left - 1, "SAINT") ? [left, left + 1] : null;
}

/** "Hamish and Una": another name, after one that was found. */
export function andAnother(scene, [from, to], loud) {
  const and = scene.word(to) === "and" && scene.gap(to) === " " && scene.gap(to + 1) === " ";
  if (!and && scene.gap(to) !== " & ") return null;
  const at = and ? to + 1 : to;
  const capital = scene.capital(at) && !loud;
  const known = isKnown(scene, at) || scene.is(at, "EVERYDAY_NAME") && !isAdjective(scene.word(at));
  if (!isName(scene, from) || !(known || capital && isNameWord(scene, at))) return null;
  const end = capital ? capitals(scene, at) : small(scene, at, false);
  return placed(scene, end - 1, end) || placeAfter(scene, end) ? null : [at, end];
}
