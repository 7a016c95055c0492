// Capitals after words that people come after, in no list of names: "speak to Oyinkan", "contact Fenella Braithmoor", "a
// lady called Precious". What comes after which words is a table.

import { isNew, isUnlisted } from "./mentions.js";
import { capitals, isAdjective, isKnown, placeAfter, placed, small } from "./person.js";

/** Phrases (of KNOWN_NAMED, those that are left out), least words in capitals, which of them must be in no
 * list. */
const ANNOUNCERS = [
  ["ask for|speak to|spoke to|spoken to|spoke with|speak with|talk to|talked to|speaking to|tell|told|asked|met|dear|behalf of|"
    + "on behalf of|my son|my daughter|hi|hello|spelt|spelled|me and|my mate|fao|the late|attention of|executor for|put it under|"
    + "booked under|its under|it's under|listed under|registered under", 1, "first"],
  ["from|by|our|report|reporting|know", 2, "all"],
  ["called|is called|goes by|go by", 1, "who"],
].map(([phrases, words, unlisted]) => ({ phrases: phrases.split("|"), words, unlisted }));

/** The word after a name in capitals that begins with word `at`, after a phrase that people come after. */
export function announced(scene, hit, cue, at) {
  if (!scene.capital(at)) return null;
  const end = capitals(scene, at);
  if (placeAfter(scene, end) || placed(scene, at, end)) return null;
  const stands = ({ phrases, words, unlisted }) => {
    const named = phrases.includes(cue);
    if (end < at + words || !(unlisted === "all" ? hit.cues.has("KNOWN_NAMED") && !named : named)) return false;
    if (unlisted === "first") return scene.gap(at) === " " && isUnlisted(scene, at) && !scene.isUpper(at);
    return unlisted === "all" ? end <= at + 3 && isNew(scene, at, end) : isWhoBefore(scene, hit, at);
  };
  return ANNOUNCERS.some(stands) ? end : null;
}

function isWhoBefore(scene, hit, at) {
  const from = scene.wordAt(hit.start);
  const somebody = (word) => scene.is(word, "KIN", "PERSON") || ["someone", "somebody", "anyone", "officer"].includes(scene.word(word));
  return /^[a-z]{3,}$/.test(scene.word(at)) && [1, 2, 3].some((back) => somebody(from - back));
}

/** A word that is in no list, or in capitals where nothing follows. */
export function nicknamed(scene, cue, at, loud) {
  const others = /^calls? (?:him|her)$|^calls me$/.test(cue);
  if (!(others || ["call me", "knows me as", "known as", "here as"].includes(cue)) || scene.gap(at) !== " ") return null;
  const alone = scene.gap(at + 1) !== " " || at + 1 >= scene.words.length;
  const shown = scene.capital(at) && !loud && alone && !scene.is(at, "NOT_NAME") && !scene.isUpper(at);
  return (others && isUnlisted(scene, at) || shown && /^[a-z]+$/.test(scene.word(at))) && scene.word(at).length > 2 ? at + 1 : null;
}

/** A word in small letters that is in no list, who was spoken to. */
export function spokenTo(scene, cue, at) {
  const spoken = ["spoke to", "spoken to", "spoke with", "talked to"].includes(cue) && !scene.capital(at) && scene.gap(at) === " ";
  const closed = scene.gap(at + 1) === " " && ["in", "from", "at", "who"].includes(scene.word(at + 1));
  return spoken && closed && !/(?:s|ed|ing|ly|ion|ment)$/.test(scene.word(at)) && isUnlisted(scene, at) ? at + 1 : null;
}

export function itsMe(scene, hit, cue, at) {
  const begins = scene.wordAt(hit.start);
  const first = begins === 0 || scene.is(begins - 1, "GREETING") || /[.!\n]/.test(scene.gap(begins)) && begins < 4;
  if (!["its", "it's", "it is", "this is", "im", "i'm", "i am"].includes(cue) || !first || !scene.capital(at) || scene.isUpper(at)) return null;
  const end = capitals(scene, at);
  const about = ["from", "with", "who"].includes(scene.word(end)) && scene.gap(end) === " ";
  return about && isNew(scene, at, end) && !placeAfter(scene, end) ? end : null;
}

/** A first name that is a word too, in any case; hardly ever an adjective or a verb where people stand. */
export const isEverydayFirst = (scene, at) => scene.is(at, "EVERYDAY_NAME") && !isAdjective(scene.word(at));

/** "i spoke to mark yesterday". */
export function addressed(scene, cue, at) {
  const spoken = /^(?:sp(?:eak(?:ing)?|oken?)|talk(?:ed)?) (?:to|with)$/.test(cue) && scene.gap(at) === " ";
  if (!spoken || !isEverydayFirst(scene, at)) return null;
  const end = small(scene, at, false);
  return scene.isClosed(end) && !placeAfter(scene, end) ? end : null;
}

/** "mark smith rang me". The word after it. */
export function withSurname(scene, at) {
  const first = (isEverydayFirst(scene, at) || isKnown(scene, at)) && !scene.is(at - 1, "SAINT");
  const surname = scene.gap(at + 1) === " " && scene.is(at + 1, "SURNAME") && !placed(scene, at + 1, at + 2);
  return first && surname && !placeAfter(scene, at + 2) ? at + 2 : null;
}

/** Whether the word after a first name is its surname, though it is an everyday word: not "kate brown bin". */
export const hasSurname = (scene, from, to) => to === from + 1 && !scene.is(from - 1, "TITLE") && scene.gap(to) === " "
  && (everydaySurname(scene, to) || withSurname(scene, from) !== null);

/** Whether an everyday word stands as a surname: nothing makes a thing or a place of it. */
export function everydaySurname(scene, at) {
  if (!scene.is(at, "EVERYDAY_SURNAME")) return false;
  const shown = scene.capital(at) && scene.capital(at - 1) && scene.hasSmall;
  const noPlace = scene.is(at - 2, "KIN") || !scene.is(at, "PLACE");
  const near = (shown && noPlace || scene.is(at - 1, "TITLE")) && !scene.is(at + 1, "PLACE");
  return near || scene.isClosed(at + 1);
}

/** "my surname is brown", "name: White". The word after it. */
export const surnameNamed = (scene, cue, at, loud) => ((/^(?:surname|last|family|maiden|married)/.test(cue)
  || scene.capital(at) && !loud) && everydaySurname(scene, at) ? at + 1 : null);

/** Whether "hall", "hill" or "green" is the surname of who is named before it, and not a place's. */
export const ofSomebody = (scene, at) => isKnown(scene, at - 1) && !scene.is(at - 1, "PLACE_NAME") && everydaySurname(scene, at)
  && (/^(?:(?:name|behalf|attention) of|(?:sp(?:eak(?:ing)?|oken?)|talk(?:ed)?) to)$/.test(`${scene.word(at - 3)} ${scene.word(at - 2)}`)
    || !scene.is(at - 2, "BEFORE_PLACE", "SAINT") && !["from", "and", "for"].includes(scene.word(at - 2)));
