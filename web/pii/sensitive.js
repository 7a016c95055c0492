// Special category data (UK GDPR Article 9): a term that is said of a person ("I have", "my son is", "since
// her stroke"). Criminal offences are said of people in the same ways: they are in offences.js. The topic
// alone is not personal: "depression in the road".

import { meets, split } from "./cues.js";

const CLAUSE_WORDS_MAX = 10;
const MODIFIERS_MAX = 4;
const VALUE_WORDS_MAX = 6;

const list = (words) => words.split(" ");
const ANY_ONE = list("child parent carer tenant driver toddler");
const HAD = list("have ve ive has got weve");
const VERBS = list("arrested jailed convicted sectioned");
const SOMEBODY = list("my his her im ive he she hes shes mr mrs aged patient dob");
const TOPIC = list("do does what is");
const LEFT_OUT = list("wears suffers stopped took tried banned doing serving facing going has just on waiting awaiting am was lost born had been got having suffering suffer recovering undergoing diagnosed");
const LEFT_OUT_LATER = list("had been having suffering recovering diagnosed awaiting");
const MEANT = list("i im ive my me he hes his she shes her him need");
const AFTER_AND = list("i im ive my need needs cant cannot living live homeless on in no not alone");
const RELEASED = list("released out up remanded curfewed recalled");
const SAYS = list("says said reckons thinks found confirmed told suspects think reckon shows showed");
const BLACK = list("woman man lady girl boy lad family person british african caribbean");
const NOTHING = list("none no n na nil not prefer nothing unknown");

export function special_category(scene) {
  const found = terms(scene, "CONDITION", "STATE", "ORIGIN", "FACT").map((term) => {
    const { hit, at, after } = term;
    const luck = scene.word(after) === "of" && ["luck", "genius"].includes(scene.word(after + 1));
    const language = scene.word(at - 1) === "in";
    const title = scene.word(at) === "ms"
      && (scene.gap(after) === " [" || scene.gap(after) === " " && !scene.is(after, "NOT_NAME"));
    const road = scene.word(after) === "in" && ["the", "our", "my"].includes(scene.word(after + 1))
      && scene.is(after + 2, "GROUND");
    const awaited = scene.word(at) === "expecting" && after === at + 1 && scene.gap(after) === " "
      && !["in", "and", "so", "our", "again"].includes(scene.word(after));
    const own = ["pads", "nurse", "clinic"].includes(scene.word(after)) && scene.is(at - 1, "POSSESSIVE");
    if (hit.cues.has("SAID") && scene.cues.some((cue) => isNamedAfter(scene, hit, cue))) return null;
    if (isThing(scene, after) && !own || awaited || luck || language || title || road) return null;
    const first = firstWord(scene, at);
    const ofWhom = whom(scene, term, first);
    if (ofWhom === null) return null;
    const party = ["voted", "vote", "voting"].includes(scene.word(at));
    let from = party ? at + 1 : Math.min(Math.max(first, ofWhom + 1), at);
    // "registered blind": the fact is "blind".
    if (scene.word(from) === "registered" && from + 1 < after) from += 1;
    return scene.words[from] ? [scene.words[from].start, own ? scene.words[after].end : hit.end] : null;
  });
  return [...formFields(scene, "FIELD"), ...found.filter(Boolean)];
}

/** The illness says it; in a text that is read again it is a token. */
function isNamedAfter(scene, { end }, cue) {
  const token = scene.normal.text.slice(cue.start, cue.end) === "[sensitive detail]";
  return (cue.cues.has("CONDITION") || token) && cue.start >= end && cue.start < end + 12;
}

export function whom(scene, term, first) {
  return attributed(scene, term, first) ?? saidOf(scene, term.at, term.hit.cues) ?? headless(scene, term, first)
    ?? against(scene, term) ?? inPassing(scene, term, first);
}

/** A term of the lexicon near somebody who is spoken of, in a clause that makes it no topic and no question. */
function inPassing(scene, { hit, at, after }, first) {
  const plain = scene.cues[split(scene.cues, (cue) => cue.start < hit.start)];
  if (plain?.start !== hit.start || plain.end !== hit.end || scene.gap(after).includes("?")) return null;
  const origin = clauseBegins(scene, first) && scene.is(after, "PERSON") && !scene.is(after + 1, "THING");
  const sort = hit.cues.has("CONDITION") || hit.cues.has("STATE") && !["and", "or"].includes(scene.word(after))
    || hit.cues.has("OFFENCE") && after > at + 1
    || hit.cues.has("ORIGIN") && origin;
  if (!sort) return null;
  const start = Math.max(first - CLAUSE_WORDS_MAX, 0);
  for (let word = first - 1; word >= start && !clauseBegins(scene, word + 1); word -= 1) {
    if (scene.is(word, "BREAK", "TOPIC", "PET") && !isCannot(scene, word)) return null;
  }
  for (let word = start; word < after + CLAUSE_WORDS_MAX; word += 1) {
    if (origin || scene.is(word, "SOMEBODY", "KIN")) return Math.max(at - 1, 0);
  }
  return null;
}

const isCannot = (scene, at) => scene.word(at) === "can" && scene.word(at + 1) === "t";

/** The terms of a sort, each with its first word and the one after it. */
export function terms(scene, ...cues) {
  return [...scene.cues, ...scene.turns].filter((hit) => meets(hit, cues))
    .map((hit) => ({ hit, at: scene.wordAt(hit.start), after: scene.wordAt(hit.end) }));
}

export const isThing = (scene, after) => scene.gap(after) === " " && scene.is(after, "THING")
  && !(scene.word(after) === "living" && scene.word(after + 1) !== "allowance");

export function firstWord(scene, at) {
  let from = at;
  while (from > 0 && at - from < MODIFIERS_MAX && scene.gap(from) === " " && isModifier(scene, from - 1)) from -= 1;
  return from;
}

const isModifier = (scene, at) => scene.is(at, "MODIFIER") || /^[0-9]+$/.test(scene.word(at));

/** The word directly beside a term that says whose it is: ; for what needs no more, the term itself. */
function attributed(scene, { hit, at, after }, first) {
  if (hit.cues.has("SAID")) return Math.max(at - 1, 0);
  const next = (word) => scene.gap(word) === " " && scene.word(word) !== "";
  const left = first - 1;
  const begins = clauseBegins(scene, first);
  if (scene.is(left, "POSSESSIVE") && scene.gap(first) === " ") {
    const isPerson = scene.is(after, "PERSON") && next(after);
    if (meets(hit, ["CONDITION", "OFFENCE"]) || meets(hit, ["STATE", "ORIGIN"]) && isPerson) return left;
  }
  let whole = false;
  for (let word = at; word < after; word += 1) whole ||= scene.is(word, "POSSESSIVE") || scene.word(word).endsWith("self");
  const leftOut = hit.cues.has("OFFENCE") && ["on", "out", "under"].includes(scene.word(at))
    && clauseBegins(scene, at) && next(after);
  if (meets(hit, ["FACT", "DEED"]) && (whole || begins && at > 0) || leftOut) return Math.max(first - 1, 0);
  if (begins && at > 0 && standsAlone(scene, first, after)) return Math.max(first - 1, 0);
  if (!hit.cues.has("CONDITION")) return null;
  const beside = isNamed(scene, left) && scene.gap(first).replace(/^\]+/, "") === ", ";
  const here = begins && next(after) && scene.word(after) === "here";
  let suffers = false;
  if (begins && next(after) && scene.is(after, "BEING", "LINK")) {
    for (let word = after + 1; word < after + 5 && next(word); word += 1) suffers ||= ["me", "him", "her"].includes(scene.word(word));
  }
  return beside || here || suffers ? Math.max(first - 1, 0) : null;
}

function standsAlone(scene, first, after) {
  const gap = scene.gap(after);
  if (!/^[,.;\n]/.test(gap) && (after < scene.words.length || gap.includes("?"))) return false;
  const sentence = scene.gap(first).startsWith(".") && gap.startsWith(".");
  const mine = scene.words.slice(after, after + CLAUSE_WORDS_MAX).some(({ text }) => list("i im ive my me").includes(text));
  if (sentence && mine) return true;
  for (let at = first - 1; at >= Math.max(first - CLAUSE_WORDS_MAX, 0); at -= 1) {
    if (scene.is(at, "BREAK") || TOPIC.includes(scene.word(at))) return false;
    if (SOMEBODY.includes(scene.word(at)) || isNamed(scene, at)) return true;
  }
  return false;
}

const clauseBegins = (scene, at) => at === 0 || /[,.!?;\n:]/.test(scene.gap(at)) || scene.gap(at) === " - ";

const isNamed = (scene, at) => scene.is(at, "FIRST_NAME") || scene.word(at) === "name" && scene.gap(at).endsWith("[");

/** Whether word `at` is a person of whom the rest of the clause may speak. */
function isPerson(scene, at) {
  const word = scene.word(at);
  const left = scene.word(at - 1);
  if (!scene.is(at, "PERSON")) {
    const little = ["one", "1"].includes(word) && left === "little";
    const one = ["someone", "somebody"].includes(word) && left === "as";
    return isNamed(scene, at) || one || little || word === "half" && left === "other" || word === "door" && left === "next";
  }
  if (word === "were") return clauseBegins(scene, at) || list("and but because cos as so").includes(left);
  const article = list("a an any every each").includes(left);
  return !(article && !HAD.includes(scene.word(at - 2)) && ANY_ONE.includes(word));
}

/** The word of the person that a term at word `at` is said of. */
export function saidOf(scene, at, sort) {
  const has = (...names) => names.some((name) => sort.has(name));
  const person = (from, to) => {
    for (let word = from; word < to; word += 1) if (scene.is(word, "PERSON")) return true;
    return false;
  };
  let linked = has("FACT", "DEED");
  // Where a person comes from is said with "is", not with "has".
  const origin = has("ORIGIN") && !has("CONDITION", "STATE");
  const links = origin ? ["BEING"] : ["LINK", "BEING"];
  if (scene.word(at) === "black" && !BLACK.includes(scene.word(at + 1))) {
    const who = scene.is(at - 1, "PERSON") ? at - 1 : at - 2;
    return scene.is(at - 1, "BEING") && scene.is(who, "PERSON") && scene.word(who) !== "were" ? who : null;
  }
  if (["a", "an", "the"].includes(scene.word(at - 1)) && scene.word(at - 2) === "as") {
    const itself = clauseBegins(scene, at - 2) || list("me us and but speaking just").includes(scene.word(at - 3));
    return itself && !has("CONDITION") ? at - 2 : null;
  }
  if (scene.word(at - 1) === "being" && scene.word(at - 2) === "for"
    || scene.word(at - 1) === "with" && scene.word(at - 2) === "off" && has("OFFENCE")) return at - 1;
  if (VERBS.includes(scene.word(at)) && person(at + 1, at + 3)) return at;
  let caused = false;
  let left = at;
  while (left > 0 && at - left < CLAUSE_WORDS_MAX) {
    if (/[.!?;\n:[(]/.test(scene.gap(left))) return at - left <= 3 && LEFT_OUT_LATER.includes(scene.word(left)) ? left : null;
    left -= 1;
    const link = scene.is(left, ...links);
    const and = ["and", "then", "but"].includes(scene.word(left))
      && ["became", "converted", "developed", "suffered"].includes(scene.word(left + 1));
    const says = scene.is(left, "DIAGNOSER") && SAYS.includes(scene.word(left + 1));
    if (and || scene.word(left) === "am" && !scene.is(left - 1, "PERSON") || says && (linked || scene.is(left - 1, "POSSESSIVE"))) return left;
    if (isPerson(scene, left)) {
      const own = scene.word(left).length > 1 && link;
      const gave = [1, 2].some((back) => ["gave", "give", "given"].includes(scene.word(left - back)));
      const apposed = at - left <= 3 && scene.is(left - 1, "POSSESSIVE");
      const given = !origin && ["a", "an"].includes(scene.word(left + 1)) && (gave || apposed);
      return linked || own || given ? left : null;
    }
    const ofPerson = ["who", "whos"].includes(scene.word(left)) && (scene.is(left - 1, "PERSON")
      || scene.hasSmall && (scene.capital(left - 1) || scene.is(left - 1, "FIRST_NAME")));
    const cure = scene.word(left) === "for" && scene.is(left - 1, "CURE");
    const meant = scene.word(left) === "question" && scene.word(left - 1) === "in";
    const relative = ["who", "that"].includes(scene.word(left - 1)) && scene.is(left - 2, "PERSON");
    const door = scene.word(left) === "no" && /^[0-9]/.test(scene.word(left + 1));
    const broken = scene.is(left, "BREAK") && !cure && !meant && !door && !isCannot(scene, left) || !linked && scene.is(left, "PLACE_BREAK");
    const trade = scene.word(left) === "work" && scene.is(left - 1, "PERSON");
    const negation = caused && list("not never no isnt arent").includes(scene.word(left));
    if ((broken || trade) && !ofPerson && !relative && !negation) return null;
    linked ||= link || ofPerson;
    caused ||= ["since", "because", "due"].includes(scene.word(left));
  }
  if (left === 0 && at <= 3 && LEFT_OUT.includes(scene.word(0))) return 0;
  return scene.word(at) === "dna" && person(at, at + 6) ? left : null;
}

/** What a message begins with, where the one who is meant is spoken of later. The word before the term. */
function headless(scene, { hit, at, after }, first) {
  if (first > 2) return null;
  for (let word = 0; word < first; word += 1) {
    if (scene.gap(word + 1) !== " " || !scene.is(word, "HEADLESS")) return null;
  }
  const released = RELEASED.includes(scene.word(at));
  const closed = released && after >= scene.words.length || /^[,.]/.test(scene.gap(after)) && !meets(hit, ["OFFENCE", "DEED"]) || scene.is(after, "AFTER_HEADLESS")
    || scene.gap(after) === " - " || /^[0-9]/.test(scene.word(after));
  const and = scene.word(after) === "and" && !AFTER_AND.includes(scene.word(after + 1));
  const noun = ["burglar", "thief", "shoplifter", "arsonist", "prisoner"].includes(scene.word(at));
  if (!closed || and || noun || !meets(hit, ["STATE", "OFFENCE", "FACT", "DEED"])) return null;
  const meant = scene.words.slice(after).some(({ text }) => MEANT.includes(text));
  return meant || released ? Math.max(at - 1, 0) : null;
}

function against(scene, { hit, at, after }) {
  const whose = scene.is(after + 1, "POSSESSIVE") && scene.is(after + 2, "PERSON")
    || ["him", "her", "me"].includes(scene.word(after + 1));
  const order = ["order", "injunction", "mol"].includes(scene.word(after - 1));
  return order && whose && ["on", "against"].includes(scene.word(after)) && hit.cues.has("OFFENCE") ? Math.max(at - 1, 0) : null;
}

export function formFields(scene, cue) {
  return terms(scene, cue).map(({ at: heading, after }) => {
    let at = after;
    if (!clauseBegins(scene, heading) || ![": ", ":", " : ", " - ", "? "].includes(scene.gap(at))) return null;
    if (scene.word(at) === "yes" && scene.gap(at + 1).length > 1) at += 1;
    else if (scene.gap(at) === "? ") return null;
    let end = at;
    while (end < scene.words.length && end - at < VALUE_WORDS_MAX
      && (end === at || [" ", "-", "'", "/"].includes(scene.gap(end)))) end += 1;
    return end > at && !NOTHING.includes(scene.word(at)) ? scene.range(at, end) : null;
  }).filter(Boolean);
}
