// Special category data (UK GDPR Article 9) and criminal offence data (Article 10): a term that is said
// of a person ("I have", "my son is"). The topic alone is not personal: "depression in the road".

const CLAUSE_WORDS_MAX = 8;
const OFFENCE_WORDS_MAX = 4;

const list = (words) => words.split(" ");
const LINKED = list("voted convicted arrested sentenced self cautioned jailed imprisoned");
const VERBS = list("arrested jailed convicted sectioned");
const LEFT_OUT = list("had got having suffering suffer recovering undergoing diagnosed");

/** The ranges of the text that hold Article 9 data. */
export function special_category(scene) {
  return facts(scene, "SENSITIVE", (at, after, hit) => {
    const subject = saidOf(scene, at);
    // "in chinese".
    if (subject === null || scene.word(at - 1) === "in") return null;
    const luck = scene.word(after) === "of" && ["luck", "genius"].includes(scene.word(after + 1));
    // "depression in the road".
    const road = scene.word(after) === "in" && ["the", "our", "my"].includes(scene.word(after + 1))
      && scene.is(after + 2, "GROUND");
    if (isThing(scene, after) || luck || road) return null;
    let from = at;
    const modifier = (word) => scene.is(word, "MODIFIER") || /^[0-9]+$/.test(scene.word(word));
    while (from > subject + 1 && scene.gap(from) === " " && modifier(from - 1)) from -= 1;
    // "voted green": the fact is the party.
    if (scene.word(at) === "voted") from = at + 1;
    return scene.words[from] ? [scene.words[from].start, hit.end] : null;
  });
}

/** The ranges of the text that hold Article 10 data. */
export function criminal(scene) {
  return facts(scene, "OFFENCE", (at, after, hit) => {
    if (saidOf(scene, at) === null || isThing(scene, after)) return null;
    const over = offence(scene, after);
    return [hit.start, over ? scene.words[over - 1].end : hit.end];
  });
}

/** What `read` makes of each term with its first word and the one after it. */
function facts(scene, cue, read) {
  return scene.cues.filter(({ cues }) => cues.has(cue))
    .map((hit) => read(scene.wordAt(hit.start), scene.wordAt(hit.end), hit)).filter(Boolean);
}

const isThing = (scene, after) => scene.gap(after) === " " && scene.is(after, "THING");

/** The word of the person that the term at word `at` is said of: a person and a link before it, in the
 * same clause, with nothing between that makes it something else. */
function saidOf(scene, at) {
  const person = (from, to) => {
    for (let word = from; word < to; word += 1) if (scene.is(word, "PERSON")) return true;
    return false;
  };
  let linked = LINKED.includes(scene.word(at));
  // "as a catholic".
  if (["a", "an"].includes(scene.word(at - 1)) && scene.word(at - 2) === "as") return at - 2;
  // "police arrested my son".
  if (VERBS.includes(scene.word(at)) && person(at + 1, at + 3)) return at;
  let left = at;
  while (left > 0 && at - left < CLAUSE_WORDS_MAX) {
    if (/[.!?;\n:[(]/.test(scene.gap(left))) return null;
    left -= 1;
    const link = scene.is(left, "LINK");
    // "im", "hes", "i've": the person carries the link.
    if (scene.is(left, "PERSON")) return linked || scene.word(left).length > 1 && link ? left : null;
    if (scene.is(left, "BREAK")) return null;
    linked ||= link;
  }
  // "had a hip replacement so ...": the one who writes is left out.
  if (left === 0 && at <= 3 && LEFT_OUT.includes(scene.word(0))) return 0;
  // "they took a dna sample from my nephew": the person comes after the term.
  return scene.word(at) === "dna" && person(at, at + 6) ? left : null;
}

/** What the offence was, after "convicted" or "a caution": "of fraud", "for possession of cannabis".
 * Gives the word after it. */
function offence(scene, after) {
  // "out of prison with nothing" is no offence.
  if (["prison", "jail", "custody"].includes(scene.word(after - 1)) || scene.gap(after) !== " "
    || !["of", "for", "with"].includes(scene.word(after))) return null;
  let end = after + 1;
  while (end < scene.words.length && end - after <= OFFENCE_WORDS_MAX && scene.gap(end) === " "
    && !/^[0-9]*$/.test(scene.word(end)) && !scene.is(end, "AFTER_OFFENCE")) end += 1;
  return end > after + 1 ? end : null;
}
