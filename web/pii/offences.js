// Criminal offence data (UK GDPR Article 10): what somebody did, was charged with or served for, and where
// they are for it. It is said of a person in the ways of sensitive.js. The topic alone is not personal.

import { firstWord, formFields, isThing, saidOf, terms, whom } from "./sensitive.js";

const BETWEEN_MAX = 4;
const OFFENCE_WORDS_MAX = 4;
const DEED = new Set(["DEED"]);
const OFFENCE = new Set(["OFFENCE"]);

const list = (words) => words.split(" ");
const TIMES = list("years year months month weeks yrs");
const CHARGES = list("conviction convictions charge charges caution cautions offence offences sentence");
const TAKING = list("nicking stealing robbing burgling growing selling handling supplying smuggling killing");
const RECORDS = list("conviction convictions record caution");
const SORTS = list("spent unspent previous old criminal police");
const SERVED = list("did doing does done served serving got given");

export function criminal(scene, { prisons }) {
  const said = terms(scene, "OFFENCE", "DEED").map((term) => {
    const { hit, at, after } = term;
    if (isThing(scene, after)) return null;
    const figure = scene.word(after) === "to" && [2, 3, 4].some((nth) => scene.word(after + nth) === "of");
    if (scene.word(at) === "sentenced" && figure) return null;
    const first = firstWord(scene, at);
    const ofWhom = whom(scene, term, first);
    if (ofWhom === null) return null;
    const under = ["a", "an"].includes(scene.word(at - 1)) && ["on", "under"].includes(scene.word(at - 2));
    const from = hit.cues.has("DEED") ? Math.min(Math.max(first, ofWhom + 1), at) : at - (under ? 2 : 0);
    let end = scene.word(at) === "inside" ? scene.words[at].end : hit.end;
    const years = scene.word(at) === "sentenced" && scene.word(after) === "to" && TIMES.includes(scene.word(after + 2));
    if (years) end = scene.words[after + 2].end;
    return [scene.words[from].start, offence(scene, after) ?? end];
  });
  const crimes = terms(scene, "CRIME");
  const done = crimes.flatMap((term) => [convictedOf(scene, term), doneFor(scene, term)]);
  const served = scene.words.map((_, at) => (at > 0 ? sentence(scene, at, prisons) : null));
  return [...formFields(scene, "CRIME_FIELD"), ...[...said, ...served, ...done].filter(Boolean)];
}

function convictedOf(scene, { hit, at, after }) {
  if (!CHARGES.includes(scene.word(after)) || scene.gap(after) !== " " || saidOf(scene, at, OFFENCE) === null) return null;
  return [hit.start, scene.words[after].end];
}

function doneFor(scene, { hit, at, after }) {
  const joint = [1, 2, 3].map((back) => at - back)
    .find((left) => ["for", "with", "of", "over", "to"].includes(scene.word(left)));
  if (joint === undefined) return null;
  for (let left = joint - 1; left >= joint - BETWEEN_MAX; left -= 1) {
    const trigger = scene.is(left, "TRIGGER") ? triggerBegins(scene, left, joint) : null;
    if (trigger === null) continue;
    if (saidOf(scene, trigger, DEED) === null) return null;
    const whose = scene.gap(after) === " " && ["me", "him", "her", "us", "them"].includes(scene.word(after));
    return [scene.words[trigger].start, offence(scene, after) ?? (whose ? scene.words[after].end : taken(scene, hit, after))];
  }
  return null;
}

function taken(scene, hit, after) {
  const thing = TAKING.includes(scene.word(after - 1)) && scene.gap(after) === " "
    && !scene.is(after, "AFTER_OFFENCE", "BREAK", "PERSON");
  return thing && scene.words[after] ? scene.words[after].end : hit.end;
}

/** The first word of what leads to an offence, from the word that triggers it on. */
function triggerBegins(scene, at, joint) {
  const word = scene.word(at);
  if (TIMES.includes(word)) return served(scene, at);
  const done = word !== "done" || scene.is(at - 1, "BEING", "LINK");
  const charged = word !== "charged" || scene.word(joint) === "with";
  const guilty = scene.word(joint) !== "to" || word === "guilty";
  const up = word !== "up" || scene.is(at - 1, "BEING");
  if (!(done && charged && guilty && up)) return null;
  if (RECORDS.includes(word) && SORTS.includes(scene.word(at - 1))) return at - 1;
  const before = { court: ["to", "in", "at"], guilty: ["pleaded", "plead", "pled", "found"] }[word];
  if (!before) return firstWord(scene, at);
  if (!before.includes(scene.word(at - 1))) return at;
  return scene.word(at - 2) === "up" ? at - 2 : at - 1;
}

function served(scene, time) {
  const first = firstWord(scene, time);
  return first < time && SERVED.includes(scene.word(first - 1)) ? first - 1 : null;
}

function sentence(scene, at, prisons) {
  const left = scene.word(at - 1);
  const place = (["prison", "jail", "nick"].includes(scene.word(at)) || left === "hmp") && scene.word(at - 2) === "in";
  if (place && !["the", "a", "this", "our", "no", "any"].includes(left)) {
    return saidOf(scene, at - 2, OFFENCE) === null ? null : scene.range(at - 2, at + 1);
  }
  const from = TIMES.includes(scene.word(at)) ? served(scene, at) : null;
  if (from === null || saidOf(scene, from, DEED) === null) return null;
  if (["inside", "suspended"].includes(scene.word(at + 1))) return scene.range(from, at + 2);
  return scene.word(at + 1) === "in" && prisons.includes(scene.word(at + 2)) ? scene.range(from, at + 3) : null;
}

function offence(scene, after) {
  if (["prison", "jail", "custody"].includes(scene.word(after - 1)) || scene.gap(after) !== " "
    || !["of", "for", "with"].includes(scene.word(after))) return null;
  let end = after + 1;
  while (end < scene.words.length && end - after <= OFFENCE_WORDS_MAX && scene.gap(end) === " "
    && !/^[0-9]*$/.test(scene.word(end)) && !(scene.word(end) === "an" && end > after + 1) && !scene.is(end, "AFTER_OFFENCE")) end += 1;
  return end > after + 1 ? scene.words[end - 1].end : null;
}
