// Names of people: introduced ("my name is", "it's dave again"), signed, titled, mentioned with a first
// name that is known. Casing helps and is not relied on.

import { meets } from "./cues.js";
import { alphabetic } from "./scene.js";

const AFTER_CUE = [" ", ", ", ": ", ":", " : ", " - ", " = ", "\n", ",\n", ". ", "-", "; "];

/** The ranges of the text that hold a name. */
export function persons(scene) {
  const loud = isShouted(scene);
  const found = [];
  const add = (at, end) => { if (end) found.push(scene.range(at, end)); };
  for (const hit of scene.cues) {
    const sure = hit.cues.has("NAMED");
    const known = hit.cues.has("KNOWN_NAMED");
    if (!sure && !meets(hit, ["KNOWN_NAMED", "MAYBE_NAMED"])) continue;
    let at = scene.wordAt(hit.end);
    if (!AFTER_CUE.includes(scene.gap(at)) || known && !isName(scene, at)) continue;
    if (scene.is(at, "TITLE") && /^[ .]/.test(scene.gap(at + 1))) at += 1;
    const said = /(?:is|'s|:)$/.test(scene.normal.text.slice(hit.start, hit.end));
    add(at, sure ? introduced(scene, at, loud, said) : likely(scene, at, loud));
  }
  add(...signed(scene, loud));
  for (let at = 0; at < scene.words.length; at += 1) add(at, onItsLine(scene, at) ?? mentioned(scene, at, loud));
  return found;
}

/** A first name of either sort. */
const isName = (scene, at) => scene.is(at, "FIRST_NAME", "EVERYDAY_NAME");

/** Whether a word from `from` up to and including `to` makes a name a place or an organisation. */
function placed(scene, from, to) {
  for (let at = from; at <= to; at += 1) if (scene.is(at, "PLACE")) return true;
  return false;
}

/** Whether capitals say nothing: all of the text, or most words of a longer one, has them. */
function isShouted(scene) {
  if (!/[a-z]/.test(scene.source)) return true;
  const words = scene.words.map((_, at) => at).filter((at) => /^[a-z]+$/.test(scene.word(at)));
  const capitals = words.filter((at) => scene.capital(at)).length;
  return words.length > 5 && capitals * 3 > words.length * 2;
}

/** A capital that stands for a first name. */
const isInitial = (scene, at) =>
  scene.word(at).length === 1 && scene.capital(at) && [" ", ". ", "."].includes(scene.gap(at + 1));

/** A word that can be part of a name. */
function isNameWord(scene, at) {
  const word = scene.word(at);
  const irish = (word === "o" || word === "d") && scene.gap(at + 1) === "'";
  return (word.length > 1 || irish) && alphabetic(word) && !scene.is(at, "NOT_NAME");
}

const LOWER_CASE_WORDS_MAX = 3;

/** The word after a name that starts at `at`, after words that say that a name comes. Names that are
 * words too need more: a capital, or that it was `said` outright ("my name is hope"). */
function introduced(scene, at, loud, said) {
  const everyday = scene.is(at, "EVERYDAY_NAME");
  // "Mr T Okonkwo".
  const after = isInitial(scene, at + 1) ? at + 2 : at + 1;
  if (isInitial(scene, at) && scene.capital(after) && isNameWord(scene, after)) return capitals(scene, at);
  if (!isNameWord(scene, at) && !(everyday && (said || scene.capital(at) && !loud))) return null;
  if (scene.capital(at) && !loud) return capitals(scene, at);
  let end = at + 1;
  while (end < at + LOWER_CASE_WORDS_MAX && [" ", "-", "'"].includes(scene.gap(end)) && isNameWord(scene, end)) end += 1;
  return end;
}

/** The same after words that need not be followed by a name. */
function likely(scene, at, loud) {
  if (!isNameWord(scene, at)) return null;
  const capital = scene.capital(at) && !loud;
  // "its mark here".
  const here = ["here", "speaking", "calling", "again"].includes(scene.word(at + 1));
  if (here && scene.gap(at + 1) === " " && scene.is(at, "EVERYDAY_NAME")) return at + 1;
  if (scene.is(at, "FIRST_NAME") || capital && scene.is(at, "EVERYDAY_NAME")) {
    if (capital) {
      const end = capitals(scene, at);
      return placed(scene, end - 1, end) ? null : end;
    }
    const surname = scene.gap(at + 1) === " " && isNameWord(scene, at + 1) && !placed(scene, at + 1, at + 1);
    const closed = ![" ", "-", "'"].includes(scene.gap(at + 2)) || !isNameWord(scene, at + 2);
    return surname && closed ? at + 2 : at + 1;
  }
  const end = capitals(scene, at);
  return capital && end >= at + 2 && !placed(scene, at, end) ? end : null;
}

/** "thanks, Si": one to three words in capitals, or a known first name, that end the message after a
 * sign-off. Gives the first word and the one after the last. */
function signed(scene, loud) {
  const hit = scene.cues.filter(({ cues }) => cues.has("SIGN_OFF")).at(-1);
  if (!hit) return [0, null];
  const from = scene.wordAt(hit.end);
  let to = scene.words.length;
  // Kisses.
  while (to > from && /^x*$/.test(scene.word(to - 1))) to -= 1;
  if (to <= from || to > from + 3 || !/[,\n ]/.test(scene.gap(from))) return [0, null];
  const apart = /[,\n]/.test(scene.gap(from));
  let upper = !loud;
  for (let at = from; at < to; at += 1) {
    const word = isNameWord(scene, at) || apart && scene.is(at, "EVERYDAY_NAME")
      || apart && at + 1 < to && isInitial(scene, at);
    const follows = at === from || [" ", ". "].includes(scene.gap(at));
    if (!word || !follows || scene.is(at, "PLACE")) return [0, null];
    upper &&= scene.capital(at);
  }
  return [from, scene.is(from, "FIRST_NAME") || apart && upper ? to : null];
}

/** A line that is a first name that is known and one or two words more, in any case: the head of an
 * address, the foot of a letter. */
function onItsLine(scene, at) {
  if (!scene.is(at, "FIRST_NAME") || !(at === 0 || scene.gap(at).includes("\n"))) return null;
  let end = at + 1;
  while (end < at + 3 && [" ", "-", "'", ". "].includes(scene.gap(end)) && isNameWord(scene, end)) end += 1;
  // The whole message is a name: only if the surname is known.
  const closed = end < scene.words.length ? scene.gap(end).startsWith("\n") : at > 0 || scene.is(end - 1, "SURNAME");
  return end >= at + 2 && closed && !placed(scene, at, end - 1) ? end : null;
}

/** A known first name in capitals, alone or with a surname, anywhere: not "Victoria Road". */
function mentioned(scene, at, loud) {
  if (loud) {
    // Capitals say nothing, so the first name must be known and have a surname.
    const pair = scene.is(at, "FIRST_NAME") && scene.gap(at + 1) === " " && isNameWord(scene, at + 1)
      && scene.capital(at) && (scene.is(at + 1, "SURNAME") || /[a-z]/.test(scene.source));
    return pair && !placed(scene, at, at + 2) ? at + 2 : null;
  }
  // "frank speaking".
  if (at === 0 && isName(scene, at) && scene.word(at + 1) === "speaking") return at + 1;
  const inside = scene.capital(at - 1) && scene.gap(at) === " " && !scene.is(at - 1, "NOT_NAME");
  if (!scene.capital(at) || inside || scene.word(at - 1) === "the") return null;
  const end = capitals(scene, at);
  let proper;
  if (isName(scene, at)) {
    const alone = end === at + 1 && scene.is(at, "FIRST_NAME") && !scene.is(at, "PLACE_NAME");
    proper = alone || end >= at + 2;
  } else {
    const surname = end === at + 2 && scene.is(at + 1, "SURNAME") && isNameWord(scene, at);
    proper = surname && !scene.is(at - 1, "BEFORE_PLACE");
  }
  return proper && !placed(scene, at, end) ? end : null;
}

const NAME_WORDS_MAX = 5;

/** The word after the capitalised words from `at` on, with particles between them. */
function capitals(scene, at) {
  let end = at + 1;
  while (end < at + NAME_WORDS_MAX) {
    let part = end;
    while (part < end + 2 && scene.is(part, "PARTICLE")) part += 1;
    const initial = scene.word(part).length === 1 && scene.word(part) !== "i" && scene.gap(part) !== "'";
    const joined = [" ", "-", "'", ". "].includes(scene.gap(end));
    if (!joined || !scene.capital(part) || !(isNameWord(scene, part) || initial)) break;
    end = part + 1;
  }
  return end;
}
