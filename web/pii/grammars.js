// What is read word by word: names, addresses, and what is said of a person. Loaded with the word lists
// that it goes by, because they are larger than all the rest.

import { addresses } from "./address.js";
import { criminal } from "./offences.js";
import { persons } from "./person.js";
import { Scene, Vocabulary } from "./scene.js";
import { special_category } from "./sensitive.js";

const BY_NAME = { addresses, criminal, persons, special_category };

export class Grammars {
  #words;
  #vocabulary;

  /** `words` is the table of words.js. */
  constructor(words) {
    this.#words = words;
    this.#vocabulary = new Vocabulary(words.lists);
  }

  /** The phrases that the grammars look for. */
  get cues() { return this.#words.cues; }

  /** Reads a text: gives a function from a grammar's name to the ranges that it finds. */
  over(source, normal, cues) {
    const scene = new Scene(source, normal, cues, this.#vocabulary);
    return (name) => BY_NAME[name](scene, this.#words);
  }
}
