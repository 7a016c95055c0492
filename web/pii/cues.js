// The words beside a value that say what it is ("sort code") or what it is not ("order number"), found
// in one pass over the text.

const LETTER = /[A-Za-z\x80-\xff]/;

/** Words that are packed: each is how many letters it has in common with the one before it (A for none, B for one)
 * and the rest of it. */
export function unpack(text) {
  let last = "";
  return Array.from(text.matchAll(/([A-Z])([^A-Z]*)/g), ([, shared, rest]) =>
    (last = last.slice(0, shared.charCodeAt(0) - 65) + rest));
}

export class CueFinder {
  #root = new Map();

  /** `rows` are [names of cues, phrases]; a phrase may stand in several rows. */
  constructor(rows) {
    for (const [names, phrases] of rows) {
      for (const phrase of phrases) {
        let node = this.#root;
        for (const byte of phrase) {
          if (!node.has(byte)) node.set(byte, new Map());
          node = node.get(byte);
        }
        node.cues = new Set([...(node.cues ?? []), ...names]);
      }
    }
  }

  /**
   * Whole-word phrases in order of position, none within another: the leftmost, and of those the
   * longest that ends with a word. A digit beside a phrase does not spoil it ("nhs9434765919"), and nothing spoils a
   * token, which its brackets end ("lane[card number]").
   */
  find(text) {
    const found = [];
    for (let start = 0; start < text.length;) {
      const inWord = LETTER.test(text[start - 1] ?? " ") && text[start] !== "[";
      // Where the longest phrase ends that is whole words.
      let [node, end, cues] = [inWord ? null : this.#root, start + 1, null];
      for (let at = start; node; at += 1) {
        if (node.cues && (!LETTER.test(text[at] ?? " ") || text[at - 1] === "]")) [end, cues] = [at, node.cues];
        node = node.get(text[at]);
      }
      if (cues) found.push({ start, end, cues });
      start = end;
    }
    return found;
  }
}

/** Whether a hit is one of the named cues. */
export const meets = (hit, names) => names.some((name) => hit.cues.has(name));

/** The first place of a sorted list from which on `before` does not hold. */
export function split(list, before) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(list[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}

const AFTER_COSTS = 6;

/**
 * How far from a value the nearest cue of `names` is, within the reach before and after it; nothing if
 * there is none. A cue before the value counts as nearer than one after it.
 */
export function distance(hits, names, [start, end], [before, after]) {
  if (names.length === 0) return null;
  const from = split(hits, (hit) => hit.start < end);
  let nearest = null;
  for (let at = from - 1; at >= 0 && hits[at].end + before >= start; at -= 1) {
    if (hits[at].end <= start && meets(hits[at], names)) {
      nearest = start - hits[at].end;
      break;
    }
  }
  for (let at = from; at < hits.length && hits[at].start <= end + after; at += 1) {
    if (meets(hits[at], names)) {
      const right = hits[at].start - end + AFTER_COSTS;
      return nearest === null ? right : Math.min(nearest, right);
    }
  }
  return nearest;
}
