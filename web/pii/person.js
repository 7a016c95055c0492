// Names of people after words that say that a name comes: introduced ("my name is", "it's dave again"),
// titled, somebody's somebody ("my mam Eirlys"), signed. Casing helps and is not relied on. Names that
// nothing announces are in mentions.js.

import { meets } from "./cues.js";
import { andAnother, isGreeting, mentioned, onItsLine, oneBefore, pointedOut, speltOut, surnameFirst } from "./mentions.js";
import { isUnlisted, thisIsMyName, whose } from "./mentions.js";
import { isNobody } from "./nobody.js";
import { addressed, announced, everydaySurname, hasSurname, isEverydayFirst, itsMe, nicknamed, ofSomebody, spokenTo,
  surnameNamed } from "./announced.js";
import { isMonth } from "./spoken.js";
import { alphabetic } from "./scene.js";

const list = (words) => words.split(" ");
const AFTER_CUE = [" ", ", ", ": ", ":", " : ", " - ", " = ", "\n", ",\n", ". ", "-", "; "];
const ADJECTIVES = list("rich red rusty sandy sunny lucky major frank may will max skip sue van drew star angel hope "
  + "chase grant ray earl christian wade honey");

export function persons(scene) {
  const loud = isShouted(scene);
  const found = scene.cues.flatMap((hit) => [afterCue(scene, hit, loud), surnameBefore(scene, hit)]);
  found.push(bare(scene), signed(scene, loud), signedAbove(scene, loud));
  for (let at = 0; at < scene.words.length; at += 1) {
    const end = onItsLine(scene, at) ?? ofKin(scene, at, loud) ?? mentioned(scene, at, loud) ?? pointedOut(scene, at, loud)
      ?? whose(scene, at, loud);
    found.push(end === null ? null : [at, end], thisIsMyName(scene, at));
  }
  const names = found.filter(Boolean);
  names.push(...speltOut(scene, names));
  names.push(...names.flatMap((name) =>
    [surnameFirst(scene, name), andAnother(scene, name, loud), oneBefore(scene, name[0])]).filter(Boolean));
  return names.filter(([from, to]) => !isNobody(scene, from, to)).map(([from, to]) =>
    scene.range(initials(scene, from, loud), hasSurname(scene, from, to) ? to + 1 : to));
}

/** The first of the initials in capitals that stand before a name: "R. J. Wetherby". */
function initials(scene, from, loud) {
  let first = from;
  while (first > 0 && from - first < 3 && !loud && isInitial(scene, first - 1)) {
    const at = first - 1;
    // "I" is somebody, "A" is one, and "Flat B" is a place.
    const spaced = scene.gap(first) === " ";
    const labelled = spaced && scene.gap(at) === " " && first === from;
    if (spaced && ["i", "a"].includes(scene.word(at)) || labelled && !scene.is(at - 1, "TITLE")) break;
    first = at;
  }
  return first;
}

/** A name that is all of a message, as forms have it: "PASCOE, Loveday", "name jory trembath". */
function bare(scene) {
  const unusual = (at) => isNameWord(scene, at) && !scene.is(at, "COMMON", "PLACE") && scene.word(at).length > 2;
  const { length } = scene.words;
  if (length === 2 && scene.gap(1) === ", " && unusual(0) && unusual(1)) {
    return scene.isUpper(0) && scene.capital(1) && !scene.isUpper(1) ? [0, 2] : null;
  }
  const isNamed = length === 3 && scene.word(0) === "name" && scene.gap(1) === " " && scene.gap(2) === " ";
  return isNamed && unusual(1) && unusual(2) ? [1, 3] : null;
}

/** A surname before the first name that is named: "O'Hanlon, first name Ciaran". */
function surnameBefore(scene, hit) {
  if (!["first name", "first name is", "forename"].includes(scene.normal.text.slice(hit.start, hit.end))) return null;
  const end = scene.wordAt(hit.start);
  const parted = [", ", ". ", "; ", "\n"].includes(scene.gap(end));
  const irish = end === 2 && scene.gap(1) === "'";
  return parted && (end === 1 || irish) && isNameWord(scene, 0) ? [0, end] : null;
}

/** The name after a phrase that announces one: its first word, and the word after it. */
function afterCue(scene, hit, loud) {
  if (!meets(hit, ["NAMED", "MAYBE_NAMED", "KNOWN_NAMED", "TITLED"])) return null;
  let at = scene.wordAt(hit.end);
  if (!AFTER_CUE.includes(scene.gap(at))) return null;
  const cue = scene.normal.text.slice(hit.start, hit.end);
  const name = (end) => (end === null ? null : [at, end]);
  const number = hit.cues.has("TITLED") && ["pc", "sgt", "sergeant", "officer"].includes(cue) && /^[0-9]+$/.test(scene.word(at))
    && scene.gap(at + 1) === " " && scene.capital(at + 1);
  if (number) at += 1;
  if (hit.cues.has("TITLED")) return name(titled(scene, at, cue, loud));
  if (hit.cues.has("KNOWN_NAMED") && !isName(scene, at)) {
    return name(loud ? null : announced(scene, hit, cue, at));
  }
  const said = /(?:is|was|'s|:)$/.test(cue);
  const goesOn = ["my name", "in my name"].includes(cue) && scene.gap(at) === " " && scene.gap(at + 1) === " "
    && scene.is(at + 1, "NOT_NAME", "COMMON") && !scene.capital(at) && !isName(scene, at) && !scene.is(at, "SURNAME");
  if (scene.is(at, "TITLE") && /^[ .]/.test(scene.gap(at + 1))) at += 1;
  const capital = scene.capital(at) && !loud;
  const sure = hit.cues.has("NAMED") && !goesOn || nameGiven(scene, hit, cue)
    || cue === "name" && capital && (isName(scene, at) || isField(scene, hit, at));
  if (sure || scene.word(at).length === 1 && scene.gap(at + 1).startsWith(".")) {
    return name(introduced(scene, at, loud, said) ?? surnameNamed(scene, cue, at, loud));
  }
  const told = list("tell told ask asked dear").includes(cue) && capital && scene.is(at, "EVERYDAY_NAME");
  const shown = loud ? null : announced(scene, hit, cue, at) ?? itsMe(scene, hit, cue, at);
  return name(likely(scene, at, loud) ?? shown ?? nicknamed(scene, cue, at, loud) ?? spokenTo(scene, cue, at) ?? addressed(scene, cue, at)
    ?? iAm(scene, hit, cue, at) ?? (told ? at + 1 : null));
}

function isField(scene, hit, at) {
  const begins = scene.wordAt(hit.start);
  return (begins === 0 || /[.,\n]/.test(scene.gap(begins))) && scene.gap(at + 1) !== " ";
}

/** What it is, where a name was spoken of before; after less sure words in capitals. */
function nameGiven(scene, hit, cue) {
  const from = scene.wordAt(hit.start);
  const at = scene.wordAt(hit.end);
  const before = (most, words) => scene.words.slice(Math.max(from - most, 0), from).some(({ text }) => words.includes(text));
  const corrected = ["it says", "should be", "should say", "should read", "down as"].includes(cue) && scene.capital(at)
    && isUnlisted(scene, at) && before(20, list("name surname spelt spelled spelling"));
  const its = ["its", "it's", "it is"].includes(cue) && before(6, ["name", "surname"]);
  return (its || corrected) && !scene.is(at, "COMMON") && !placed(scene, at + 1, at + 2)
    && (corrected || scene.gap(at + 1) !== " " || !scene.is(at + 1, "NOT_NAME", "COMMON"));
}

export const isName = (scene, at) => scene.is(at, "FIRST_NAME", "RARE_NAME", "EVERYDAY_NAME");

export const isKnown = (scene, at) => scene.is(at, "FIRST_NAME", "RARE_NAME");

/** Whether a word from `from` up to and excluding `to` makes a name a place or an organisation. */
export function placed(scene, from, to) {
  for (let at = from; at < to; at += 1) if (scene.is(at, "PLACE") && scene.gap(at) !== "-" && !ofSomebody(scene, at)) return true;
  return false;
}

const NAME_WORDS_MAX = 3;

/** Whether a name that ends before word `end` is a place's. */
export function placeAfter(scene, end) {
  for (let at = end; at < end + NAME_WORDS_MAX; at += 1) {
    const own = scene.word(at) === "s" && scene.gap(at) === "'";
    if (!own && scene.gap(at) !== " ") return false;
    if (scene.word(at) === "estate" && scene.word(at - 1) === "s") return false;
    if (placed(scene, at, at + 1)) return true;
    if (!own && (/^[0-9]/.test(scene.word(at)) || scene.is(at, "NOT_NAME", "COMMON"))) return false;
  }
  return false;
}

/** Whether capitals say nothing: all of the text, or most words of a longer one, has them. */
function isShouted(scene) {
  if (!scene.hasSmall) return true;
  const words = scene.words.map((_, at) => at).filter((at) => /^[a-z]+$/.test(scene.word(at)));
  const capitals = words.filter((at) => scene.capital(at)).length;
  return words.length > 7 && capitals * 3 > words.length * 2;
}

// "QQ 88 16 05 D. Sinead ..." ends a number.
export const isInitial = (scene, at) => !(/^[0-9]/.test(scene.word(at - 1)) && scene.gap(at) === " ") &&
  scene.word(at).length === 1 && scene.capital(at) && [" ", ". ", "."].includes(scene.gap(at + 1));

export function isNameWord(scene, at) {
  const word = scene.word(at);
  const irish = (word === "o" || word === "d") && scene.gap(at + 1) === "'";
  const verb = scene.gap(at + 1) === "'" && ["t", "ll", "ve", "re", "d"].includes(scene.word(at + 1));
  return (word.length > 1 || irish) && !verb && alphabetic(word) && !scene.is(at, "NOT_NAME");
}

export const isUnusual = (scene, at) => isNameWord(scene, at) && !scene.is(at, "COMMON") && scene.word(at).length > 2;

export const isAdjective = (word) => ADJECTIVES.includes(word);

const WHO_MISSES = list("i we you they he she to t dont didnt not never will would might ll d cant really do still");

function titled(scene, at, title, loud) {
  let from = at;
  while (from < at + 3 && scene.word(from).length === 1 && [" ", ". ", "."].includes(scene.gap(from + 1))) from += 1;
  const place = placed(scene, from, scene.gap(from + 1) === " " ? from + 2 : from + 1);
  if (title === "miss" && WHO_MISSES.includes(scene.word(at - 2))) return null;
  const capital = scene.capital(from) && !loud;
  const onlyATitle = ["mr", "mrs", "ms", "mx", "mister"].includes(title);
  if (everydaySurname(scene, from) && (onlyATitle || capital)) return from + 1;
  if (!(isNameWord(scene, from) || scene.is(from, "EVERYDAY_NAME") && capital) || place) return null;
  if (title === "master" && !(capital && (from > at || scene.capital(from + 1)))) return null;
  const other = list("miss reverend rev professor prof pastor imam rabbi sgt dr").includes(title) && from === at
    && isUnlisted(scene, from) && !/(?:s|ed|ing|ly|ion|ment)$/.test(scene.word(from));
  if (!(onlyATitle || other || capital || isKnown(scene, from) || scene.is(from, "SURNAME"))) return null;
  return capital ? capitals(scene, from) : small(scene, from, onlyATitle);
}

/** The word after a name that starts at `at`, after words that say that a name comes. */
function introduced(scene, at, loud, said) {
  const everyday = scene.is(at, "EVERYDAY_NAME");
  let full = at;
  while (scene.word(full).length === 1 && [". ", "."].includes(scene.gap(full + 1))) full += 1;
  if (full > at && isNameWord(scene, full)) return small(scene, full, true);
  const after = isInitial(scene, at + 1) ? at + 2 : at + 1;
  if (isInitial(scene, at) && scene.capital(after) && isNameWord(scene, after)) return capitals(scene, at);
  const shown = said && !loud && scene.capital(at) && scene.word(at).length > 2;
  const two = shown && scene.gap(at + 1) === " " && scene.capital(at + 1) && isNameWord(scene, at + 1);
  if (!isNameWord(scene, at) && !two && !(everyday && (said || scene.capital(at) && !loud))) return null;
  return scene.capital(at) && !loud ? capitals(scene, at) : small(scene, at, true);
}

/** The word after a name in small letters that begins with word `at`. */
export function small(scene, at, sure) {
  const joined = (word) => [" ", "-", "'"].includes(scene.gap(word));
  let end = at + 1;
  while (end < at + NAME_WORDS_MAX && joined(end)) {
    const surname = (scene.is(end, "SURNAME") || isKnown(scene, end)) && isNameWord(scene, end);
    // "kayleigh-mae stubbs".
    const double = scene.gap(end) === "-" && isNameWord(scene, end);
    const closed = double || sure || !joined(end + 1) || !isUnusual(scene, end + 1);
    if (!(surname || (isUnusual(scene, end) || double) && closed) || !sure && placed(scene, end, end + 1)) break;
    end += 1;
  }
  return end;
}

function likely(scene, at, loud) {
  const capital = scene.capital(at) && !loud;
  const next = scene.gap(at + 1) === " " ? scene.word(at + 1) : "";
  const here = ["here", "speaking", "calling", "again"].includes(next) && scene.is(at, "EVERYDAY_NAME");
  const recurs = next === "again" && (isMonth(scene.word(at)) || /^(?:summer|autumn|winter)$/.test(scene.word(at)));
  if (here && !recurs || ["speaking", "calling"].includes(next) && !scene.is(at, "COMMON") && isNameWord(scene, at)) return at + 1;
  if (!isNameWord(scene, at)) return null;
  const known = isKnown(scene, at);
  if (known && !capital) {
    // "catherine street and james street".
    const end = small(scene, at, false);
    return scene.word(at - 1) === "and" && placeAfter(scene, end) ? null : end;
  }
  const end = capitals(scene, at);
  if (known || capital && scene.is(at, "EVERYDAY_NAME")) {
    return placed(scene, end - 1, end) || placeAfter(scene, end) ? null : end;
  }
  return capital && end >= at + 2 && !placed(scene, at, end) && !placeAfter(scene, end) ? end : null;
}

/** Names that are words too, in small letters, after what people say of themselves. */
function iAm(scene, hit, cue, at) {
  const ofSelf = ["im", "i'm", "i am", "this is"].includes(cue);
  const ofIt = ["its", "it's", "it is"].includes(cue);
  if (!(ofSelf || ofIt) || !scene.is(at, "EVERYDAY_NAME") || scene.gap(at) !== " ") return null;
  const next = at + 1;
  const adjective = isAdjective(scene.word(at));
  if (scene.gap(next) !== " ") return ofSelf && scene.gap(next).startsWith(",") && !adjective ? next : null;
  const second = scene.is(next, "SURNAME") || scene.is(next, "EVERYDAY_NAME") && !isAdjective(scene.word(next))
    || isNameWord(scene, next) && !scene.is(next, "COMMON");
  const closed = scene.gap(at + 2) !== " " || scene.is(at + 2, "NOT_NAME", "COMMON");
  if (ofSelf && second && closed && !placed(scene, next, next + 1) && !placeAfter(scene, next + 1)) return at + 2;
  const begins = scene.wordAt(hit.start);
  const greeted = begins === 0 || isGreeting(scene, begins - 1);
  const about = ["about", "from", "and", "who", "off"].includes(scene.word(next));
  return greeted && !adjective && (ofSelf || about) ? next : null;
}

const AFTER_NAME = list("is s has was and who needs wants got said keeps rang told came plays went does did works gets cant wont");

function ofKin(scene, at, loud) {
  const door = scene.word(at - 1) === "door" && scene.word(at - 2) === "next";
  if (!(scene.is(at - 1, "KIN") || door) || ![" ", ", "].includes(scene.gap(at))) return null;
  const capital = scene.capital(at) && !loud;
  const known = isKnown(scene, at) && isNameWord(scene, at);
  const shown = capital || !isAdjective(scene.word(at))
    && (scene.gap(at + 1) !== " " || AFTER_NAME.includes(scene.word(at + 1)));
  const everyday = scene.is(at, "EVERYDAY_NAME") && shown;
  const announced = capital && scene.gap(at) === " " && isNameWord(scene, at) && !scene.is(at, "TITLE");
  const passing = !capital && scene.gap(at) === " " && scene.is(at - 2, "POSSESSIVE") && !scene.word(at - 1).endsWith("s")
    && isUnlisted(scene, at) && !/(?:s|ed|ing|ly|t)$/.test(scene.word(at)) && scene.gap(at + 1) === " "
    && list("is has was she he who").includes(scene.word(at + 1));
  if (!(known || everyday || announced || passing)) return null;
  const end = capital ? capitals(scene, at) : small(scene, at, false);
  return placed(scene, at, end) || placeAfter(scene, end) ? null : end;
}

/** One or two words in capitals, or a known first name, that end the message after a sign-off, or stand alone
 * at its end. */
function signed(scene, loud) {
  let to = scene.words.length;
  // Kisses.
  while (to > 0 && /^x*$/.test(scene.word(to - 1))) to -= 1;
  const hit = scene.cues.findLast(({ cues }) => cues.has("SIGN_OFF"));
  const from = hit ? scene.wordAt(hit.end) : to;
  if (from < to && to <= from + 3 && /[,\n ]/.test(scene.gap(from))) {
    const apart = /[,\n.!]/.test(scene.gap(from));
    let [each, upper] = [true, !loud];
    for (let at = from; at < to; at += 1) {
      const surname = at === from + 1 && everydaySurname(scene, at);
      const word = isNameWord(scene, at) || surname || apart && scene.is(at, "EVERYDAY_NAME")
        || apart && at + 1 < to && isInitial(scene, at);
      const follows = at === from || [" ", ". ", "-", "'"].includes(scene.gap(at));
      each &&= word && follows && (surname || !placed(scene, at, at + 1));
      upper &&= scene.capital(at);
    }
    const only = to === from + 1 && isEverydayFirst(scene, from);
    if (each && (isKnown(scene, from) || apart && (upper || only))) return [from, to];
  }
  const last = to - 1;
  const alone = last > 1 && /[.!?\n]/.test(scene.gap(last)) && isKnown(scene, last) && !placed(scene, last, to);
  const kissed = to > 0 && to < scene.words.length && (to === 1 || /[.,!?\n]/.test(scene.gap(last))) && scene.capital(last) && !loud
    && isUnlisted(scene, last);
  return alone || kissed ? [last, to] : null;
}

/** Words in capitals between a farewell and what else is said of the one who signs. */
function signedAbove(scene, loud) {
  if (loud) return null;
  for (const { cues, end } of scene.cues.toReversed()) {
    const from = cues.has("SIGN_OFF") ? scene.wordAt(end) : scene.words.length;
    if (!scene.capital(from) || !/^,|\n/.test(scene.gap(from))) continue;
    const to = capitals(scene, from);
    let plain = to >= from + 2 && to < scene.words.length && /^[,\n.(]/.test(scene.gap(to)) && !placed(scene, from, to);
    for (let at = from; at < to; at += 1) plain &&= isNameWord(scene, at) && !scene.is(at, "COMMON");
    if (plain) return [from, to];
  }
  return null;
}

const CAPITAL_WORDS_MAX = 5;

/** The word after the capitalised words from `at` on, with particles between them. */
export function capitals(scene, at) {
  let end = at + 1;
  while (end < at + CAPITAL_WORDS_MAX) {
    let part = end;
    while (part < end + 2 && scene.is(part, "PARTICLE")) part += 1;
    const initial = scene.word(part).length === 1 && scene.word(part) !== "i" && scene.gap(part) !== "'";
    const abbreviated = scene.gap(end) === ". " && scene.word(end - 1).length <= 2;
    const joined = abbreviated || [" ", "-", "'"].includes(scene.gap(end));
    const middle = scene.is(part, "EVERYDAY_NAME") && scene.gap(part + 1) === " " && scene.capital(part + 1)
      && isNameWord(scene, part + 1);
    const double = scene.gap(part) === "-" && scene.word(part).length > 2;
    // "Hye-jin Calloway".
    const lower = double && isNameWord(scene, part);
    // "Lorraine Abbott QQ 80 03 71 B".
    const letters = scene.word(part).length === 2 && scene.isUpper(part) && /^[0-9]/.test(scene.word(part + 1));
    if (!joined || letters || !(scene.capital(part) || lower) || !(isNameWord(scene, part) || initial || middle || double)) break;
    end = part + 1;
  }
  return end;
}
