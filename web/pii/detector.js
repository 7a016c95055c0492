// The detector: the rule table compiled, and what a text is taken through. What is found is replaced by
// its token and the text is read again, until nothing more is found: a cue that comes nearer when a
// value between becomes a token leaves nothing behind.

import { CueFinder, unpack } from "./cues.js";
import { CHECKS } from "./checks.js";
import { Normal, foldings } from "./normal.js";
import { OwnContacts, Pass } from "./pass.js";
import { Pattern } from "./pattern.js";
import { readSpoken } from "./spoken.js";

const PASSES_MAX = 32;
/** The lists of the table that are packed. */
const LISTS = ["desks", "postcode_areas", "short_words", "words_before_mailbox"];

export class Detector {
  #read;
  #parts;

  /** `rules` is the table of rules.js; without `grammars` no names, addresses, and Article 9 and 10 data
   * are found. */
  constructor(rules, grammars = null) {
    this.#read = foldings(rules.characters);
    const tokens = Object.values(rules.kinds).map((token) => token.toLowerCase());
    const phrases = [...rules.cues, ...(grammars?.cues ?? [])].map(([names, packed]) => [names, unpack(packed)]);
    const rows = rules.rules.map(compile);
    const takes = (length) => ({ shape: { digits: [least, most] = [0, -1] } }) => length >= least && length <= most;
    this.#parts = {
      table: { ...rules, ...Object.fromEntries(LISTS.map((name) => [name, unpack(rules[name])])) },
      rows,
      byLength: Array.from({ length: rules.digits_max + 1 }, (_, length) => rows.filter(takes(length))),
      cues: new CueFinder([[["TOKEN"], tokens], ...phrases]),
      grammars,
    };
  }

  /** Everything personal in a text, in order: { kind, start, end } in UTF-16 units. Numbers that nothing names are found
   * where they `mayBe` of their kind: an open question may have asked for them. */
  find(text, own = [], mayBe) {
    const contacts = new OwnContacts(own);
    let found = [];
    for (let pass = 0; pass < PASSES_MAX; pass += 1) {
      const [hits, unnamed] = this.#once(this.#redact(text, found), contacts);
      const more = hits.length > 0 ? hits : unnamed.filter(({ kind }) => mayBe(kind));
      if (more.length === 0) break;
      found = this.#merge(found, more);
    }
    return found;
  }

  #once(text, own) {
    const normal = readSpoken(Normal.fold(text, this.#read));
    return new Pass(text, normal, this.#parts, own).run();
  }

  #redact(text, found) {
    let safe = "";
    let done = 0;
    for (const { kind, start, end } of found) {
      safe += text.slice(done, start) + this.#parts.table.kinds[kind];
      done = end;
    }
    return safe + text.slice(done);
  }

  /** What was found in the redacted text, moved back to where it stands in the source. It never overlaps
   * a token. */
  #merge(known, more) {
    const moved = [];
    // Where the source and the redacted text go on after the last token, up to here.
    let [source, safe, next] = [0, 0, 0];
    for (const { kind, start, end } of more) {
      for (; next < known.length; next += 1) {
        const tokenEnd = safe + known[next].start - source + this.#parts.table.kinds[known[next].kind].length;
        if (tokenEnd > start) break;
        [source, safe] = [known[next].end, tokenEnd];
      }
      moved.push({ kind, start: start - safe + source, end: end - safe + source });
    }
    return [...known, ...moved].sort((one, other) => one.start - other.start);
  }
}

/** What a row of the table has where it says nothing else. */
const PLAIN = { cues: [], vetoes: [], strict: false, within: [], without: [], reach: [40, 32], beside: [] };

/** A row with its pattern compiled; a row with a check that nobody knows stops the start. */
function compile(fields) {
  const row = { ...PLAIN, ...fields };
  if (!Object.hasOwn(CHECKS, row.check)) throw new Error(`a rule for ${row.kind} has an unknown check: ${row.check}`);
  const { pattern } = row.shape;
  return pattern ? { ...row, pattern: new Pattern(pattern) } : row;
}
