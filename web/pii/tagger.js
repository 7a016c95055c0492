// The tagger: reads, beside the rules, names, addresses, and facts about health and offences that are said in ways
// nobody wrote a rule for, by the weights of weights.js. What its features are and why is said beside its twin,
// src/pii/tagger; all numbers are whole, so that both find the same. Loaded with the word lists.

import { split } from "./cues.js";
import { isNobody } from "./nobody.js";
import rules from "./rules.js";
import weights from "./weights.js";

const KINDS = ["PERSON", "UK_ADDRESS", "SPECIAL_CATEGORY", "CRIMINAL"];
/** Nothing, and for every kind where one begins (odd) and where it goes on. */
const TAGS = 9;
const NOTHING = 0;
/** Stands for the tag before the first. */
const START = TAGS;
const FEATURE_BITS = 22;
/** How many items before and after a text's first and last one are looked at. */
const BEFORE = 3;
const AFTER = 2;
const SENTENCE_END = /[.!?\n]/;
/** So many words back somebody may have been spoken of. */
const BACK_MAX = 30;
const NEVER = -(2 ** 30);
/** What weighs so much less than nothing, whatever it is, ends what went before. */
const FAR = 300;

const LISTS = new Set(("STREET BUILDING UNIT THE_STREET NOT_IN_STREET NOT_BEFORE_NUMBER HOUSE_NUMBER FIRST_NAME "
  + "RARE_NAME EVERYDAY_NAME NOT_NAME COMMON SURNAME TITLE PET PARTICLE BEFORE_PLACE PLACE PLACE_NAME SAINT KIN POSSESSIVE "
  + "WELSH_STREET PERSON LINK BEING").split(" "));
const PEOPLE = ["PERSON", "KIN", "POSSESSIVE"];
/** What ends the name of a street or of a building. */
const PLACES = ["STREET", "BUILDING", "PLACE"];

/** Puts two numbers into one; the order matters. */
export const mix = (left, right) => Math.imul((left << 5 | left >>> 27) ^ right, 0x9e3779b1) >>> 0;

/** FNV-1a in 32 bits, with every digit read as a nine. */
export function hash(word) {
  let number = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) {
    const byte = word.charCodeAt(at);
    number = Math.imul(number ^ (byte >= 48 && byte <= 57 ? 57 : byte), 0x01000193);
  }
  return number >>> 0;
}

const number = (template, parts) => mix(template, parts) >>> (32 - FEATURE_BITS);

/** The last bytes of a word, so many at most, as one number. */
function ending(word, bytes) {
  let all = 0;
  for (const byte of word.slice(-bytes)) all = (all << 8 | byte.charCodeAt(0)) >>> 0;
  return all;
}

/** What stands between a word and the one before it, as one of few sorts. */
function gapOf(text) {
  if (text === " " || text === "") return 0;
  if (text.includes("\n")) return 1;
  if (/[.!?;]/.test(text)) return 2;
  if (text.includes(",")) return 3;
  if (text === "'") return 4;
  return /[^ ]/.test(text) ? 5 : 0;
}

const nameNumber = memo(hash);

function memo(of) {
  const known = new Map();
  return (key) => {
    if (!known.has(key)) known.set(key, of(key));
    return known.get(key);
  };
}

/** The number of a set of cues; never 0. */
function cuesNumber(cues) {
  let all = 1;
  for (const name of cues) all ^= nameNumber(name);
  return (all | 1) >>> 0;
}

const EMPTY = {
  start: 0, end: 0, word: 0, key: 0, class: 0, shape: 0, ending: 0, gap: 0, near: 0, mark: 0, taken: false,
};

export class Tagger {
  #transitions;
  #rows = new Map();

  /** `file` is that of the weights, in base64. */
  constructor(file = weights) {
    this.#read(Uint8Array.from(atob(file), (byte) => byte.charCodeAt(0)));
  }

  /** How the file is written is said in src/pii/tagger/file.rs. */
  #read(bytes) {
    const view = new DataView(bytes.buffer);
    const magic = String.fromCharCode(...bytes.subarray(0, 4));
    if (magic !== "CTG1") throw new Error("the tagger's weights do not begin with CTG1");
    const count = view.getUint32(4, true);
    let at = 12;
    const short = () => view.getInt16((at += 2) - 2, true);
    const packed = () => {
      let all = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at];
        at += 1;
        all |= (byte & 0x7f) << shift;
        if (!(byte & 0x80)) return all;
      }
    };
    const times = (length, of) => Array.from({ length }, of);
    this.#transitions = times(TAGS + 1, () => times(TAGS, short));
    const sets = times(short(), short);
    let feature = 0;
    const features = times(count, () => (feature += packed()));
    const bySets = times(count, () => sets[packed()]);
    features.forEach((row, nth) => {
      const weights = times(TAGS, (_, tag) => (bySets[nth] >> tag & 1 ? view.getInt8((at += 1) - 1) : 0));
      // What every tag weighs more than nothing does.
      this.#rows.set(row, weights.slice(1).map((weight) => weight - weights[NOTHING]));
    });
    if (at !== bytes.length) throw new Error("the tagger's weights are damaged");
  }

  /** Adds what it finds to the hits of the rules, which are in order and do not overlap, and nor do they after. */
  addTo(scene, hits) {
    if (scene.words.length === 0) return;
    const items = this.#items(scene, hits);
    const tags = this.#decode(items);
    const more = spans(items, tags).filter((span) => stands(scene, span)).filter((span) => grow(hits, span));
    hits.push(...more);
    hits.sort((one, other) => one.start - other.start);
  }

  #items(scene, hits) {
    const cues = marked(scene, scene.cues);
    const turns = marked(scene, scene.turns);
    const { words } = scene;
    const upper = words.filter((_, at) => scene.isUpper(at)).length;
    const capitals = scene.hasSmall && upper * 2 <= words.length;
    const items = [EMPTY, EMPTY, EMPTY];
    // How many words ago a person was spoken of, and nobody for long.
    let [next, last, person] = [0, null, 99];
    words.forEach(({ start, end, text }, at) => {
      const gap = gapOf(scene.gap(at));
      person = gap === 1 || gap === 2 ? 99 : person + 1;
      if (scene.is(at, ...PEOPLE)) person = 0;
      while (next < hits.length && hits[next].end <= start) next += 1;
      const hit = next < hits.length && hits[next].start < end ? hits[next] : null;
      const goesOn = hit !== null && last === hit;
      last = hit;
      if (hit && !KINDS.includes(hit.kind)) {
        if (goesOn) items[items.length - 1].end = end;
        else items.push(this.#taken(scene, hit, { start, end, gap }));
        return;
      }
      const word = hash(text);
      const shape = shapeOf(scene, at, capitals);
      items.push({
        start,
        end,
        word,
        key: this.#rows.has(number(0, word)) ? word : mix(3, ending(text, 3)),
        class: mix(scene.lists(at).reduce((all, name) => (LISTS.has(name) ? all ^ nameNumber(name) : all), 0), shape),
        shape,
        ending: ending(text, 4),
        gap,
        near: person <= 1 ? 1 : person === 2 ? 2 : person <= 4 ? 3 : person <= 9 ? 4 : 0,
        mark: turns[at] ? (mix(turns[at], 2) | 1) >>> 0 : cues[at],
        taken: false,
      });
    });
    items.push(EMPTY, EMPTY);
    return items;
  }

  /** A value of another kind, called as it is redacted: the token that stands for it is read alike. */
  #taken(scene, { kind, start: from, end: to }, place) {
    const shown = scene.normal.text.slice(from, to);
    const name = kind === null ? (shown.startsWith("[") ? shown : "public") : rules.kinds[kind].toLowerCase();
    const word = hash(name);
    return { ...EMPTY, ...place, word, key: word, class: 7, shape: 7, ending: 7, taken: true };
  }

  /** The best tag of every item. What is nothing parts runs, each of which is read by itself. */
  #decode(items) {
    const count = items.length - BEFORE - AFTER;
    const tags = new Uint8Array(count);
    let run = [];
    for (let at = 0; at <= count; at += 1) {
      const lead = at < count ? this.#lead(items, at + BEFORE, run.length > 0) : null;
      if (lead) {
        run.push(lead);
      } else if (run.length > 0) {
        const start = at - run.length;
        tags.set(bestRow(run, this.#transitions, start === 0 ? START : NOTHING, at < count), start);
        run = [];
      }
    }
    return tags;
  }

  /** What every tag of item `at` weighs more than nothing; null where it can only be nothing. `open`: whether the one
   * before it may be something, which may go on. */
  #lead(items, at, open) {
    const [third, second, before, item, after, next] = items.slice(at - BEFORE, at + AFTER + 1);
    if (item.taken) return null;
    const sum = [0, 0, 0, 0, 0, 0, 0, 0];
    const of = (template, parts) => {
      this.#rows.get(number(template, parts))?.forEach((weight, tag) => { sum[tag] += weight; });
    };
    const mayBegin = () => [0, 2, 4, 6].some((tag) => sum[tag] >= 0);
    of(1, item.word);
    of(2, mix(before.key, item.gap));
    of(3, mix(after.key, after.gap));
    of(4, item.class);
    of(5, item.ending);
    of(6, mix(before.class, item.gap));
    of(7, mix(item.near, item.key));
    if (item.mark !== 0) {
      of(8, item.mark);
      of(9, mix(item.near, item.mark));
    }
    if (!open && !mayBegin()) return null;
    of(10, next.key);
    of(11, mix(item.key, after.key));
    of(12, mix(second.key, before.key));
    of(13, mix(before.key, item.class));
    of(14, mix(mix(before.class, item.gap), item.class));
    of(15, mix(mix(after.key, after.gap), item.class));
    of(16, mix(after.class, after.gap));
    of(17, third.key);
    of(18, mix(item.gap, item.shape));
    if (item.mark !== 0 || before.mark !== 0 || after.mark !== 0) {
      of(19, mix(item.mark, before.key));
      of(20, mix(item.mark, after.mark));
      of(21, mix(mix(item.mark, second.key), before.key));
      of(22, mix(before.mark, item.class));
    }
    return (open ? sum.some((weight) => weight >= -FAR) : mayBegin()) ? sum : null;
  }
}

/** Digits, digits and letters, capitals, a capital, none of these. */
function shapeOf(scene, at, capitals) {
  const word = scene.word(at);
  if (/^[0-9]|[0-9]$/.test(word)) return /[^0-9]/.test(word) ? 2 : 1;
  if (capitals && scene.isUpper(at)) return 3;
  return capitals && scene.capital(at) ? 4 : 5;
}

/** Marks the words that cues or turns of speech stand on; where several stand the highest counts. */
function marked(scene, hits) {
  const marks = new Uint32Array(scene.words.length);
  for (const { start, end, cues } of hits) {
    const value = cuesNumber(cues);
    const first = scene.wordAt(start);
    for (let at = first; at < marks.length && scene.words[at].start < end; at += 1) {
      marks[at] = Math.max(marks[at], at === first ? value : mix(value, 1));
    }
  }
  return marks;
}

/** The tag that must stand before one of what goes on, which may stand before itself; none of another. */
const begun = (tag) => (tag !== NOTHING && tag % 2 === 0 ? tag - 1 : null);

/** The best row of tags for a run, after the tag `before`, and before nothing if the text `goesOn`. */
function bestRow(run, transitions, before, goesOn) {
  const from = [];
  let best = [];
  run.forEach((lead, nth) => {
    const next = Array(TAGS).fill(NEVER);
    const back = new Uint8Array(TAGS);
    for (let tag = 0; tag < TAGS; tag += 1) {
      const weight = tag === NOTHING ? 0 : lead[tag - 1];
      const first = begun(tag);
      if (nth === 0) {
        if (first === null) next[tag] = transitions[before][tag] + weight;
        continue;
      }
      let sum = NEVER;
      for (let other = first ?? NOTHING; other <= (first === null ? TAGS - 1 : tag); other += 1) {
        const weighs = best[other] + transitions[other][tag];
        if (weighs > sum) {
          sum = weighs;
          back[tag] = other;
        }
      }
      next[tag] = sum + weight;
    }
    best = next;
    from.push(back);
  });
  if (goesOn) best = best.map((weighs, tag) => weighs + transitions[tag][NOTHING]);
  let tag = best.indexOf(Math.max(...best));
  const tags = new Uint8Array(run.length);
  for (let at = run.length - 1; at >= 0; at -= 1) {
    tags[at] = tag;
    tag = from[at][tag];
  }
  return tags;
}

/** What is tagged, in order. */
function spans(items, tags) {
  const found = [];
  tags.forEach((tag, nth) => {
    const { start, end } = items[nth + BEFORE];
    if (tag === NOTHING) return;
    if (begun(tag) !== null) found.at(-1).end = end;
    else found.push({ kind: KINDS[(tag - 1) / 2], start, end });
  });
  return found;
}

/** Whether a span has what its kind must have. */
function stands(scene, { kind, start, end }) {
  const [from, to] = [scene.wordAt(start), scene.wordAt(end - 1) + 1];
  const words = Array.from({ length: to - from }, (_, nth) => from + nth);
  if (kind === "PERSON") {
    const ofPlace = scene.gap(to) === " " && scene.is(to, ...PLACES);
    // "planning number ... L B C": an abbreviation.
    const letters = to - from > 1 && to - from <= 4 && words.every((at) => scene.word(at).length === 1 && scene.capital(at));
    return !ofPlace && !isNobody(scene, from, to) && !letters && words.slice(1).every((at) => joinsNames(scene, at));
  }
  // "gout again, so no bins": who writes leaves out whose it is.
  if (kind === "UK_ADDRESS" ? isNumbered(scene, words) : beginsSentence(scene, from)) return true;
  // "Willow Lodge Care Home": a name in the address is nobody whose it is.
  if (kind === "UK_ADDRESS") return from > 0 && !beginsSentence(scene, from) && ofSomebody(scene, from - 1);
  return ofSomebody(scene, to - 1);
}

/** Whether what stands before word `at` may stand within a name: "J. Smith", not "Standards: a". */
function joinsNames(scene, at) {
  const gap = scene.gap(at);
  return ["", " ", "'", "-"].includes(gap) || [".", ". "].includes(gap) && scene.word(at - 1).length === 1;
}

/** Whether an address has a number that may be a house's or a flat's: "route 14", "planning 12/0345" do not. */
function isNumbered(scene, words) {
  const digits = words.some((at) => /[0-9]/.test(scene.word(at)));
  const counted = words[0] > 0 && scene.is(words[0] - 1, "NOT_BEFORE_NUMBER");
  return words.some((at) => scene.is(at, "UNIT")) || digits && !counted;
}

function beginsSentence(scene, at) {
  return at === 0 || SENTENCE_END.test(scene.gap(at));
}

/** Whether somebody is spoken of in the sentence up to word `last`: without, an illness is mostly a topic, and a street one. */
function ofSomebody(scene, last) {
  for (let at = last; at >= Math.max(0, last - BACK_MAX); at -= 1) {
    if (scene.is(at, ...PEOPLE, "FIRST_NAME", "RARE_NAME", "EVERYDAY_NAME")) return true;
    if (SENTENCE_END.test(scene.gap(at))) return false;
  }
  return false;
}

/** Puts a span in the place of the single finding of its own kind that it holds, if there is one; whether nothing was
 * found there, so that it is one more. */
function grow(hits, span) {
  const { kind, start, end } = span;
  const first = split(hits, (hit) => hit.end <= start);
  const over = hits.slice(first, split(hits, (hit) => hit.start < end));
  const grows = ["PERSON", "UK_ADDRESS"].includes(kind) && over.length === 1 && over[0].kind === kind
    && start <= over[0].start && over[0].end <= end;
  if (grows) hits[first] = span;
  return over.length === 0;
}
