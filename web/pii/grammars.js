// What is read word by word: names, addresses, and what is said of a person; with the turns of speech and the
// misspelt terms that the grammars go by. Loaded with the word lists, because they are larger than all the rest. Why
// a rule is as it is, with examples, is said beside its twin in src/pii.

import { addresses } from "./address.js";
import { unpack } from "./cues.js";
import { criminal } from "./offences.js";
import { persons } from "./person.js";
import { Scene, Vocabulary } from "./scene.js";
import { special_category } from "./sensitive.js";
import { Tagger } from "./tagger.js";
import { unnamed } from "./unnamed.js";

const BY_NAME = { addresses, criminal, persons, special_category };

export class Grammars {
  #words;
  #vocabulary;
  #frames;
  #misspelt;
  #tagger = new Tagger();
  #unnamed;

  /** `words` is the table of words.js. */
  constructor(words) {
    this.#words = words;
    this.#frames = new Frames(words.turns, words.sets);
    this.#misspelt = new Misspelt(words.cues, words.condition_endings);
    const lists = Object.entries(words.lists).map(([name, packed]) => [name, unpack(packed)]);
    this.#unnamed = { beside: unpack(words.beside_numbers), names: unpack(words.names_of_numbers) };
    this.#vocabulary = new Vocabulary([...lists, ["ANCHOR", this.#frames.anchors]]);
  }

  /** The phrases that the grammars look for. */
  get cues() { return this.#words.cues; }

  /** Reads a text: gives a function from a grammar's name to the ranges that it finds, one that adds what the tagger
   * finds to the hits of all rules, and one that finds accounts among the candidates that nothing spoke for. */
  over(source, normal, cues) {
    const scene = new Scene(source, normal, cues, this.#vocabulary);
    scene.turns = [...this.#frames.find(scene), ...this.#misspelt.find(scene)];
    return {
      find: (name) => BY_NAME[name](scene, this.#words),
      tag: (hits) => this.#tagger.addTo(scene, hits),
      unnamed: (candidates, isApart) => unnamed(candidates, isApart, scene, this.#unnamed),
    };
  }
}

const BESIDE = [" ", "'", "-"];
const NOT_FIRST = "your it them full free all pay a an the having being nothing".split(" ");

/** Turns of speech with slots in them ("waiting for a new knee"). How they are written is said in
 * src/pii/frames.rs; the turns themselves are in the table. */
class Frames {
  #byWord = new Map();

  /** `turns` are [names of cues, turn], `sets` the sets of words that they name. */
  constructor(turns, sets) {
    for (const [names, turn] of turns) {
      const frame = read(turn, sets);
      frame.cues = new Set(names);
      for (const word of frame.items[frame.anchor].words) {
        this.#byWord.set(word, [...(this.#byWord.get(word) ?? []), frame]);
      }
    }
  }

  /** The words that turns are looked up by. */
  get anchors() { return [...this.#byWord.keys()]; }

  /** Where turns stand in a text. */
  find(scene) {
    return scene.words.flatMap((_, at) => (scene.is(at, "ANCHOR") ? this.#byWord.get(scene.word(at)) : [])
      .map((frame) => stands(frame, scene, at)).filter((hit) => hit && !isIdiom(scene, hit)));
  }
}

function read(turn, sets) {
  const frame = { items: [], from: 0, to: 0, anchor: 0 };
  for (const part of turn.split(" ")) {
    if (part === ":") {
      frame.anchor = frame.items.length;
      continue;
    }
    if (part.startsWith("<")) frame.from = frame.items.length;
    frame.items.push(readItem(part.replace(/^</, "").replace(/>$/, ""), sets));
    if (part.endsWith(">")) frame.to = frame.items.length;
  }
  return frame;
}

function readItem(text, sets) {
  const item = { words: [], lists: [], optional: text.endsWith("?") };
  for (const part of text.replace(/\?$/, "").split("|")) {
    if (part === "^") item.begins = true;
    else if (part === "$") item.ends = true;
    else if (part === "*") item.any = [1, 3];
    else if (part === "..") item.any = [0, 3];
    else if (part === "NUM") item.number = true;
    else if (["PERSON", "KIN"].includes(part)) item.lists.push(part);
    else if (part.startsWith("@")) item.words.push(...sets[part.slice(1)].split(" "));
    else item.words.push(part);
  }
  return item;
}

/** The turn whose anchor is word `at`. */
function stands(frame, scene, at) {
  const left = behind(frame, scene, frame.anchor, at, at);
  const marks = left === null ? null : ahead(frame, scene, frame.anchor, at, [at, at]);
  if (!marks) return null;
  const [start, end] = scene.range(frame.from > frame.anchor ? marks[0] : left, marks[1]);
  return { start, end, cues: frame.cues };
}

/** Reads the items before `item`, to the left of word `at`: the first personal word. */
function behind(frame, scene, item, at, start) {
  const from = item >= frame.from ? at : start;
  if (item === 0) return from;
  const wanted = frame.items[item - 1];
  if (wanted.begins && begins(scene, at)) return behind(frame, scene, item - 1, at, from);
  const taken = at > 0 && beside(scene, at) && matches(wanted, scene, at - 1)
    ? behind(frame, scene, item - 1, at - 1, from) : null;
  return taken ?? (wanted.optional ? behind(frame, scene, item - 1, at, from) : null);
}

/** Reads the items from `item` on, from word `at` on: the first personal word, and the one after the last. */
function ahead(frame, scene, item, at, [from, to]) {
  const marks = [item <= frame.from ? at : from, item <= frame.to ? at : to];
  const wanted = frame.items[item];
  if (!wanted) return marks;
  const joined = item === frame.anchor || at < scene.words.length && beside(scene, at);
  if (wanted.ends && !joined) return ahead(frame, scene, item + 1, at, marks);
  if (wanted.any) {
    const [least, most] = wanted.any;
    let words = 0;
    while (words < most && at + words < scene.words.length && beside(scene, at + words)
      && isFree(scene, at + words, words === 0)) words += 1;
    for (; words >= least; words -= 1) {
      const found = ahead(frame, scene, item + 1, at + words, marks);
      if (found) return found;
    }
    return null;
  }
  const taken = joined && matches(wanted, scene, at) ? ahead(frame, scene, item + 1, at + 1, marks) : null;
  return taken ?? (wanted.optional ? ahead(frame, scene, item + 1, at, marks) : null);
}

const matches = (item, scene, at) => scene.is(at, ...item.lists) || item.words.includes(scene.word(at))
  || item.number === true && /^[0-9]+$/.test(scene.word(at));

/** Whether an idiom of the lexicon stands where a turn does. */
const isIdiom = (scene, hit) =>
  scene.cues.some(({ cues, start, end }) => cues.size === 0 && start < hit.end && hit.start < end);

const beside = (scene, at) => BESIDE.includes(scene.gap(at));

const begins = (scene, at) => at === 0 || /[,.!?;\n:]/.test(scene.gap(at));

/** Whether a word may stand where any may: not where another clause or another person begins. */
function isFree(scene, at, first) {
  const word = scene.word(at);
  const whose = first && (scene.is(at, "PERSON") || NOT_FIRST.includes(word));
  return !/^[0-9]*$/.test(word) && !whose && !(!first && word === "an")
    && !scene.is(at, "AFTER_OFFENCE", "BREAK", "POSSESSIVE");
}

const LETTERS_MIN = 7;
const LETTERS_MAX = 20;
const CONSONANTS_MIN = 4;
const SOUNDS_MAX = 16;

/** Terms of the lexicon as people misspell them: "alchoholic". A word that is in no list is taken for a term that
 * begins alike, sounds alike in its consonants and differs in few letters. */
class Misspelt {
  #terms = new Map();
  #endings;

  /** `rows` are [names of cues, packed phrases], `endings` those of illnesses and medicines. */
  constructor(rows, endings) {
    this.#endings = endings;
    for (const [names, phrases] of rows) {
      if (!["CONDITION", "STATE", "OFFENCE"].some((name) => names.includes(name))) continue;
      const cues = new Set(names);
      for (const term of unpack(phrases)) {
        const sounds = term.length >= LETTERS_MIN && /^[a-z]+$/.test(term) ? consonants(term) : "";
        if (sounds.length >= CONSONANTS_MIN) this.#terms.set(sounds, [...(this.#terms.get(sounds) ?? []), [term, cues]]);
      }
    }
  }

  /** The misspelt terms of a text. */
  find(scene) {
    return scene.words.flatMap(({ text, start, end }, at) => {
      if (scene.isListed(at) || !/^[a-z]+$/.test(text) || text.length < LETTERS_MIN - 1 || text.length > LETTERS_MAX) return [];
      if (this.#endings.some((ending) => text.endsWith(ending))) return [{ start, end, cues: new Set(["CONDITION"]) }];
      const meant = this.#terms.get(consonants(text))
        ?.find(([term]) => !term.startsWith(text) && distance(text, term) <= Math.ceil(term.length / 3));
      return meant && meant[0] !== text ? [{ start, end, cues: meant[1] }] : [];
    });
  }
}

/** The first letter and the consonants after it as they sound, each once where it stands twice. */
function consonants(word) {
  let sounds = "";
  const push = (sound) => {
    if (!sounds.endsWith(sound) && sounds.length < SOUNDS_MAX) sounds += sound;
  };
  for (let at = 0; at < word.length; at += 1) {
    const letter = word[at];
    if (letter === "p" && word[at + 1] === "h") push("f");
    else if (letter === "t" && word[at + 1] === "z") continue;
    else if (letter === "c" || letter === "q") push("k");
    else if (letter === "x") ["k", "s"].forEach(push);
    else if (letter === "z") push("s");
    else if (at === 0 || !"aeiouyhw".includes(letter)) push(letter);
  }
  return sounds;
}

/** How many letters must be changed, added or left out to make one word the other. */
function distance(left, right) {
  const row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let nth = 0; nth < left.length; nth += 1) {
    let diagonal = row[0];
    row[0] = nth + 1;
    for (let at = 0; at < right.length; at += 1) {
      const changed = diagonal + (left[nth] === right[at] ? 0 : 1);
      diagonal = row[at + 1];
      row[at + 1] = Math.min(changed, diagonal + 1, row[at] + 1);
    }
  }
  return row[right.length];
}
