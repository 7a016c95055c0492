// A text as the grammars read it: its words, the lists that each is in, what stands between them, and
// the cues in it.

import { split } from "./cues.js";
import { tokens } from "./spoken.js";

/** Words to the lists that they are in. */
export class Vocabulary {
  #words = new Map();

  /** `lists` are [name, words]. */
  constructor(lists) {
    // Words of the same lists share one array.
    const shared = new Map();
    for (const [name, words] of lists) {
      for (const word of words) {
        const names = this.#words.get(word) ?? NONE;
        if (names.includes(name)) continue;
        const key = [...names, name].join(" ");
        if (!shared.has(key)) shared.set(key, key.split(" "));
        this.#words.set(word, shared.get(key));
      }
    }
  }

  /** The names of the lists of a word. One in none that begins with Mc is a surname. */
  lists(word) { return this.#words.get(word) ?? (/^mc[a-z]{3}/.test(word) ? SURNAME : NONE); }
}

const NONE = [];
const SURNAME = ["SURNAME"];

export class Scene {
  #lists;

  constructor(source, normal, cues, vocabulary) {
    this.source = source;
    this.normal = normal;
    this.cues = cues;
    /** Turns of speech, and terms that are misspelt. */
    this.turns = [];
    /** Whether a small letter was typed: otherwise capitals say nothing. */
    this.hasSmall = /[a-z]/.test(source);
    this.words = tokens(normal.text);
    this.#lists = this.words.map(({ text }) => vocabulary?.lists(text) ?? NONE);
  }

  /** The normal text of word `at`; empty past the ends. */
  word(at) { return this.words[at]?.text ?? ""; }

  /** Whether word `at` is in one of the named lists. */
  is(at, ...names) {
    const lists = this.#lists[at];
    return lists !== undefined && lists.length > 0 && names.some((name) => lists.includes(name));
  }

  /** The names of the lists that word `at` is in. */
  lists(at) { return this.#lists[at]; }

  /** Whether word `at` is in any list. */
  isListed(at) { return this.#lists[at].length > 0; }

  /** What stands between word `at` and the one before it. */
  gap(at) { return this.normal.text.slice(this.words[at - 1]?.end ?? 0, this.words[at]?.start); }

  /** Whether what something is called may end before word `at`: nothing follows, or a word that is no part of it. */
  isClosed(at) { return ![" ", "-"].includes(this.gap(at)) || this.is(at, "AFTER_NAME"); }

  /** Whether word `at` was typed with a capital first letter. */
  capital(at) {
    const word = this.words[at];
    return word !== undefined && /^\p{Uppercase}/u.test(this.source.slice(...this.normal.source(word.start, word.end)));
  }

  /** Whether its second letter was typed as a capital too: "PCSO". */
  isUpper(at) {
    const { start, end } = this.words[at];
    return /^\p{Uppercase}{2}/u.test(this.source.slice(...this.normal.source(start, end)));
  }

  /** The word that a place in the text is in, or else the first after it. */
  wordAt(place) { return split(this.words, (word) => word.end <= place); }

  /** From the start of word `from` to the end of the one before `to`. */
  range(from, to) { return [this.words[from].start, this.words[to - 1].end]; }
}

/** Whether a word is made of letters alone. */
export const alphabetic = (word) => /^[A-Za-z\x80-\xff]*$/.test(word);
