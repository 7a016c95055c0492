// Names of people that nothing announces: a line of its own, "X here", a known first name in the middle of a
// sentence, in capitals or not; "Hope is my daughter's name"; "... and Una". A place, a school or a pub that
// is called after somebody is none.

import { split } from "./cues.js";
import { capitals, isAdjective, isInitial, isKnown, isName, isNameWord, isUnusual } from "./person.js";
import { placeAfter, placed, small } from "./person.js";
import { everydaySurname, withSurname } from "./announced.js";

const NAME_WORDS_MAX = 3;
const LETTERS_MIN = 4;

const list = (words) => words.split(" ");
const ANNOUNCERS = list("for in from by to with of is dear told and under as");

/** A line that is a first name that is known and one or two words more, in any case. */
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
  return (scene.capital(at) ? inCapitals(scene, at) : inSmallLetters(scene, at)) ?? withSurname(scene, at);
}

export const isGreeting = (scene, at) => scene.is(at, "GREETING");

function here(scene, at, loud) {
  const greeted = at > 0 && isGreeting(scene, at - 1);
  const begins = at === 0 || /[,.!\n]/.test(scene.gap(at)) || greeted && scene.gap(at) === " ";
  const first = isName(scene, at);
  if (!begins || !(first || isNameWord(scene, at))) return null;
  let end = at + 1;
  while (end < at + NAME_WORDS_MAX && [" ", "-", "'"].includes(scene.gap(end)) && isNameWord(scene, end)
    && (scene.capital(end) || !scene.is(end, "COMMON"))) end += 1;
  const isHere = (word) => scene.gap(word) === " " && scene.is(word, "HERE");
  let from = false;
  if (first && scene.gap(end) === " " && scene.word(end) === "from") {
    for (let word = end + 1; word < end + 7 && [" ", "'", "-"].includes(scene.gap(word)); word += 1) from ||= isHere(word);
  }
  const all = (test) => Array.from({ length: end - at }, (_, nth) => at + nth).every(test);
  const pair = end === at + 2 && greeted && all((word) => isUnusual(scene, word));
  const named = first || pair || end >= at + 2 && !loud && all((word) => scene.capital(word));
  return named && (isHere(end) || from) && !placed(scene, at, end) ? end : null;
}

function initialled(scene, at, loud) {
  const next = at + 1;
  const dotted = [". ", "."].includes(scene.gap(next));
  const announced = ANNOUNCERS.includes(scene.word(at - 1)) && !loud;
  const word = isInitial(scene, at) && scene.capital(next) && scene.word(next).length > 2
    && (isNameWord(scene, next) || everydaySurname(scene, next));
  const two = isInitial(scene, at) && isInitial(scene, next);
  const surname = () => dotted && isNameWord(scene, at + 2) && !scene.is(at + 2, "COMMON", "PLACE") && !placeAfter(scene, at + 3);
  if (two && !loud && scene.capital(at + 2) && (isUnlisted(scene, at + 2) || surname())) return at + 3;
  const begins = at === 0 || /[,.:\n]/.test(scene.gap(at)) || scene.word(at - 1) === "name";
  const head = begins && !loud && scene.word(at) !== "a" && scene.word(next).length > 4;
  const letter = scene.word(at) !== "i" && (dotted || announced || head);
  if (!word || !letter || scene.is(next, "COMMON", "PLACE") || placeAfter(scene, at + 2)) return null;
  return loud ? at + 2 : Math.max(capitals(scene, at), at + 2);
}

export function isUnlisted(scene, at) {
  const word = scene.word(at);
  return /^[a-z]{4,}$/.test(word) && (!scene.isListed(at) || word.startsWith("mc") && scene.is(at, "SURNAME"));
}

const ROLES = list("deceased applicant occupier claimant executor complainant owner defendant resident patient client caller customer pupil payee witness");

export function isNew(scene, at, end) {
  for (let word = at; word < end; word += 1) if (!isUnlisted(scene, word) && !scene.is(word, "SURNAME")) return false;
  return true;
}

function isBesideWho(scene, at, end) {
  const left = (back) => scene.word(at - back);
  const of = left(1) === "of" && scene.is(at - 2, "KIN");
  const is = left(1) === "is" && ROLES.includes(left(2)) || ROLES.includes(left(1)) && end > at + 1;
  const family = left(1) === "the" && ["family", "household", "twins", "tenancy", "funeral", "inquest"].includes(scene.word(end)) && scene.gap(end) === " ";
  return (of || is || family) && isNew(scene, at, end);
}

/** A word in capitals that says itself who is meant, and a word in any case that is put right by its letters. */
export function pointedOut(scene, at, loud) {
  if (isGreeting(scene, at) || !isUnusual(scene, at) || placed(scene, at, at + 1)) return null;
  const upper = scene.capital(at) && !loud;
  const end = upper ? capitals(scene, at) : at + 1;
  const digit = (word) => /^[0-9]/.test(scene.word(word));
  const kin = scene.is(end, "POSSESSIVE") && scene.is(end + 1, "KIN") && !["from", "in"].includes(scene.word(at - 1));
  const aged = ["age", "aged"].includes(scene.word(end)) && digit(end + 1);
  const closed = [", ", " (", " - ", ","].includes(scene.gap(end));
  const entered = end >= at + 2 && [" ", ", "].includes(scene.gap(end)) && (["dob", "born"].includes(scene.word(end)) || aged)
    && isNew(scene, at, end);
  if (upper && (entered || closed && (kin || aged) || isBesideWho(scene, at, end)) && !placeAfter(scene, end)) return end;
  const letTo = scene.word(at - 1) === "the" && scene.word(at + 1) === "tenancy" && scene.gap(at + 1) === " ";
  if (letTo && isUnlisted(scene, at)) return at + 1;
  const said = [" ", ", "].includes(scene.gap(end)) && [1, 2].every((nth) => scene.gap(end + nth) === " ") && [0, 1, 2].map((nth) => scene.word(end + nth)).join(" ");
  return /^with (?:(?:an?|one|1) [^0-9]|(?:two|2) [^0-9]s)$/.test(said) ? end : null;
}

export function whose(scene, at, loud) {
  const kin = scene.word(at + 1) === "s" && scene.gap(at + 1) === "'" && scene.gap(at + 2) === " " && scene.is(at + 2, "KIN")
    && scene.is(at + 2, "PERSON") && !["boy", "girl", "baby", "child"].includes(scene.word(at + 2));
  return kin && (isKnown(scene, at) || scene.capital(at) && !loud && at > 0 && isUnlisted(scene, at)) ? at + 1 : null;
}

/** Letters one by one that spell a word of the text, or that follow a name. */
export function speltOut(scene, names) {
  const single = (at) => /^[a-z]$/.test(scene.word(at));
  const ends = names.map(([, to]) => to).sort((one, other) => one - other);
  const found = [];
  for (let at = 0, end = 0; at < scene.words.length; at = Math.max(end, at + 1)) {
    end = single(at) ? at + 1 : at;
    while (end > at && end < scene.words.length && single(end) && [" ", "-", "~", "."].includes(scene.gap(end))) end += 1;
    if (end < at + 3) continue;
    const letters = scene.words.slice(at, end).map(({ text }) => text).join("");
    // Not "n h s" before "[NHS number]".
    const first = Math.max(at - 8, 0);
    const near = scene.words.slice(first, end + 8);
    const word = near.findIndex(({ text, start }) => text === letters && scene.normal.text[start - 1] !== "[") + first;
    const spells = word >= first;
    if (spells && isNameWord(scene, word)) found.push([word, word + 1]);
    const said = [1, 2].some((back) => list("spelt spelled spell surname name").includes(scene.word(at - back)));
    const follows = ends[split(ends, (to) => to + 2 < at)] <= at;
    // "MORE lane, m o r e".
    if (spells && !scene.is(word, "COMMON", "NOT_NAME") || (follows || said) && end > at + 3) found.push([at, end]);
  }
  return found;
}

/** The surname before a first name that was found, where a clause begins. */
export function surnameFirst(scene, [from, to]) {
  const left = from - 1;
  const surname = left >= 0 && isKnown(scene, from) && scene.capital(from) && scene.capital(left) && scene.gap(from) === ", "
    && isUnusual(scene, left) && !scene.is(left, "GREETING", "PLACE");
  if (!surname) return null;
  const first = scene.is(left - 1, "PARTICLE") && scene.gap(left) === " " ? left - 1 : left;
  return first === 0 || /[\n:]/.test(scene.gap(first)) ? [first, to] : null;
}

/** Capitals say nothing, so the first name must be known and have a surname. */
function inAShout(scene, at) {
  const surname = scene.is(at + 1, "SURNAME") || scene.hasSmall && !scene.is(at + 1, "COMMON");
  const pair = isKnown(scene, at) && scene.gap(at + 1) === " " && isNameWord(scene, at + 1) && scene.capital(at) && surname;
  const place = scene.is(at - 1, "SAINT") || placed(scene, at, at + 2) || placeAfter(scene, at + 2);
  return pair && !place ? at + 2 : null;
}

/** A known first name in capitals, alone or with a surname, anywhere. */
function inCapitals(scene, at) {
  const inside = scene.capital(at - 1) && scene.gap(at) === " " && !scene.is(at - 1, "NOT_NAME");
  if (inside || scene.is(at - 1, "SAINT") && [" ", ". "].includes(scene.gap(at)) || scene.is(at, "TITLE")) return null;
  const end = capitals(scene, at);
  if (placed(scene, at, end) || placeAfter(scene, end)) return null;
  if (isName(scene, at)) {
    const dear = list("little our young poor wee baby").includes(scene.word(at - 1)) && !isAdjective(scene.word(at));
    const alone = end === at + 1 && (isKnown(scene, at) || dear) && !scene.is(at, "PLACE_NAME");
    return alone || end >= at + 2 ? end : null;
  }
  const surname = end === at + 2 && scene.is(at + 1, "SURNAME") && isNameWord(scene, at) && !scene.is(at - 1, "BEFORE_PLACE");
  const begins = at === 0 || scene.gap(at).includes("\n") || /^[,.:]/.test(scene.gap(at)) && isNew(scene, at, end);
  const ofAddress = begins && end >= at + 2 && isNameWord(scene, at) && scene.gap(end).startsWith(",")
    && /^[0-9]/.test(scene.word(end));
  return surname || ofAddress ? end : null;
}

function inSmallLetters(scene, at) {
  const second = scene.word(at + 1);
  const pair = scene.is(at, "EVERYDAY_NAME") && !isAdjective(scene.word(at)) && scene.gap(at + 1) === " "
    && list("of called named for about tell with").includes(scene.word(at - 1))
    && isUnlisted(scene, at + 1) && second.length > 5 && !/(?:ed|ing|ly)$/.test(second);
  if (pair && !placeAfter(scene, at + 2)) return at + 2;
  const first = scene.is(at, "FIRST_NAME") && !scene.is(at, "PLACE_NAME") && scene.word(at).length >= LETTERS_MIN;
  if (!first || scene.is(at - 1, "SAINT") || isName(scene, at - 1) && scene.gap(at) === " ") return null;
  const gap = scene.gap(at);
  const apart = at === 0 || /[ \n]/.test(gap) || ["", "'", ",", "."].includes(gap);
  if (!apart || scene.gap(at + 1).startsWith("@")) return null;
  const end = small(scene, at, false);
  return placed(scene, end - 1, end) || placeAfter(scene, end) ? null : end;
}

export function thisIsMyName(scene, at) {
  if (scene.word(at) !== "is" || !list("my the her his our their me").includes(scene.word(at + 1))) return null;
  const kin = list("my her his our").includes(scene.word(at + 1)) && scene.is(at + 2, "KIN") && scene.is(at + 2, "PERSON")
    && at > 0 && isUnlisted(scene, at - 1) && !scene.word(at - 1).endsWith("ing") && scene.gap(at) === " ";
  if (kin && (at === 1 || /[,.\n]/.test(scene.gap(at - 1)))) return [at - 1, at];
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

export function oneBefore(scene, from) {
  const left = from - 2;
  const joined = left >= 0 && scene.word(from - 1) === "and" && scene.gap(from) === " " && scene.gap(from - 1) === " ";
  const name = joined && isName(scene, left) && !isAdjective(scene.word(left));
  return name && isKnown(scene, from) && !scene.is(left - 1, "SAINT") ? [left, left + 1] : null;
}

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
