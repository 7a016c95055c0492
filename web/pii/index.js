// Finds personal data in what a person is writing, before it leaves the device: the server's rule table
// (src/pii) in the page, by the same method (docs/pii.md), so that both find the same.
//
// The server reads every message again and decides; this is a courtesy to the person who writes. A card
// number that is given over several messages is found by the server alone: the page reads one at a time.

import { Detector } from "./detector.js";
import rules from "./rules.js";

let detector = new Detector(rules);
let loading = null;

/**
 * Loads the word lists, which are larger than all the rest, so that names, addresses, and Article 9 and
 * 10 data are found too. Once is enough; after a fault the next call tries again.
 */
export function loadWords() {
  loading ??= Promise.all([import("./grammars.js"), import("./words.js")]).then(([{ Grammars }, { default: words }]) => {
    detector = new Detector(rules, new Grammars(words));
  }, (fault) => {
    loading = null;
    throw fault;
  });
  return loading;
}

/**
 * Spans of personal data in `text` that was not asked for, in order, none within another; offsets count
 * UTF-16 units. `asked` are the kinds that the open question asks for, null if none is open: card data is refused
 * whoever asks. `own` are the council's own telephone numbers and mail domains, which are never personal.
 *
 * The first text that is not empty begins to load the word lists; see `loadWords`.
 */
export function findPersonalData(text, { asked = null, own = [] } = {}) {
  if (text && !loading) loadWords().catch(() => { /* The identifiers are found without. */ });
  // A number that nothing names may be what was asked for: "What is your reference?"; few figures answer any question.
  const mayBe = (kind) => !asked || asked[0] && !/^C[AV]/.test(kind);
  return detector.find(text, own, mayBe).filter(({ kind }) => rules.refused.includes(kind) || !asked?.includes(kind));
}
