// The detector in the page, under Node: it finds what the server finds, in linear time, and stays small.
// The same cases run in a browser in tests/browser/pii.test.mjs.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { Detector } from "./detector.js";
import { findPersonalData, loadWords } from "./index.js";
import { Pattern } from "./pattern.js";
import rules from "./rules.js";
import { Tagger, hash, mix } from "./tagger.js";

const read = (path) => readFileSync(new URL(path, import.meta.url));
const { own, cases } = JSON.parse(read("../../tests/suite/pii/findings.json"));

/** Kinds that are found by word lists. */
const BY_WORDS = ["PERSON", "UK_ADDRESS", "SPECIAL_CATEGORY", "CRIMINAL"];

test("the page finds what the server finds, to the character", async () => {
  await loadWords();
  const wrong = cases.flatMap(([text, wanted]) => {
    const found = findPersonalData(text, { own }).map(({ kind, start, end }) => [kind, start, end]);
    return JSON.stringify(found) === JSON.stringify(wanted) ? [] : [{ text, wanted, found }];
  });
  assert.deepEqual(wrong, []);
  // Every kind is found somewhere, so that none is equal because neither side looks for it.
  const kinds = new Set(cases.flatMap(([, wanted]) => wanted.map(([kind]) => kind)));
  assert.deepEqual([...kinds].sort(), Object.keys(rules.kinds).sort());
});

test("until the word lists are there, identifiers are found all the same", () => {
  const detector = new Detector(rules);
  const text = "I am Jo Bell of 14 Acacia Avenue, 07700 900123, card 4111 1111 1111 1111, nino qq 12 34 56 c";
  assert.deepEqual(detector.find(text).map(({ kind }) => kind), ["PHONE", "CREDIT_CARD", "UK_NINO"]);
  const found = cases.flatMap(([text]) => detector.find(text));
  assert.deepEqual(found.filter(({ kind }) => BY_WORDS.includes(kind)), []);
});

test("what was asked for is not warned about, and card data always is", async () => {
  await loadWords();
  const kinds = (asked) => findPersonalData("07700 900123 and 4111 1111 1111 1111", { asked }).map(({ kind }) => kind);
  assert.deepEqual(kinds([]), ["PHONE", "CREDIT_CARD"]);
  assert.deepEqual(kinds(["PHONE", "CREDIT_CARD"]), ["CREDIT_CARD"]);
});

test("a text that is cut inside a character is read all the same", () => {
  assert.deepEqual(findPersonalData("\ud83d 07700 900123 \ude00"), [{ kind: "PHONE", start: 2, end: 14 }]);
  assert.deepEqual(findPersonalData(""), []);
});

test("patterns find what RegExp finds", () => {
  const patterns = rules.rules.flatMap(({ shape }) => shape.pattern ?? []);
  assert.ok(patterns.length > 15);
  for (const source of patterns) {
    const [ours, theirs] = [new Pattern(source), new RegExp(source, "gu")];
    for (const [message] of cases) {
      const text = message.toLowerCase().replace(/[^\0-\x7f]/g, "\xe9");
      const find = ours.over(text);
      const expected = Array.from(text.matchAll(theirs), ({ 0: match, index }) => [index, index + match.length]);
      const found = [];
      for (let at = find(0); at; at = find(at[1])) found.push(at);
      assert.deepEqual(found, expected, `${source} in ${text}`);
    }
  }
});

test("a pattern that is not understood is refused", () => {
  for (const pattern of ["a+", "a*", "(a)", "a.b", "[^a]", "\\d", "a{2", "[a", "(?:a", "a)", "^a", "a$"]) {
    assert.throws(() => new Pattern(pattern), /the pattern/, pattern);
  }
});

test("the tagger's numbers are the server's, and weights that are none are refused", () => {
  assert.deepEqual(["smith", "si\xc3\xa2n", "", "14a"].map(hash), [1475481488, 1790416726, 2166136261, hash("99a")]);
  assert.deepEqual([mix(1, 2), mix(0xffffffff, 0x80000000), mix(hash("smith"), 7)], [56502658, 3788015183, 4257972221]);
  for (const file of ["", btoa("CTG1"), btoa("another file altogether")]) assert.throws(() => new Tagger(file), file);
});

/** A byte of a long text costs what a byte of a short one does; under a quadratic rule it would cost ten
 * times as much at ten times the length. */
test("time is linear in the length of the text", async () => {
  await loadWords();
  const digits = `${"7".repeat(53)}_ `;
  const parts = [digits, "7", "77a", "1 ", "a", "4111 1111 1111 1111 ", "ab 12 34 56 ", "my name is ", "a@a.", "card 1 ",
    "i have ", "one ", "oh ", "a:a:", "gb82 west ", "é", "the old forge, ", "John Smith ", "20-00-00 55779911 ",
    "sort code 20-00-00 of the old house in that other road over there, which is far from here, and 55779911 "];
  const time = (text, times) => {
    const start = performance.now();
    for (let nth = 0; nth < times; nth += 1) findPersonalData(text);
    return performance.now() - start;
  };
  for (const part of parts) {
    // 100 KB of the worst; of the others a fifth, so that it does not take minutes.
    const most = part === digits ? 100_000 : 20_000;
    const [short, long] = [most / 10, most].map((length) => part.repeat(length / part.length));
    // As much text on both sides; where other work on the machine hits one of them only, the next
    // attempt tells.
    let ratio = 0;
    const linear = [1, 2, 3, 4, 5].some(() => (ratio = time(long, 1) / time(short, 10)) < 4);
    assert.ok(linear, `${JSON.stringify(part)}: at ten times the length a byte costs ${ratio.toFixed()} times as much`);
  }
});

/** The modules that one imports, itself and all that they import. */
function modules(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, other] of read(name).toString().matchAll(/^import .* from "\.\/(.*)";$/gm)) modules(other, seen);
  return seen;
}

test("it is small: what is loaded at once, and what when somebody writes", () => {
  // As the server sends it: without indents, and without lines that only comment (src/server/assets.rs).
  const lean = (name) => read(name).toString().replace(/^ *\/\*[^]*?\*\/$|^ *\/\/.*$|^ +/gm, "");
  const kilobytes = (names) => [...names].reduce((sum, name) => sum + gzipSync(lean(name)).length, 0) / 1024;
  const first = modules("index.js");
  const later = ["grammars.js", "words.js"].flatMap((name) => [...modules(name)]).filter((name) => !first.has(name));
  assert.ok(first.has("rules.js") && !first.has("words.js"));
  assert.ok(kilobytes(first) <= 32, `at once: ${kilobytes(first).toFixed(1)} KB compressed`);
  // As is promised in src/server/chat.rs.
  const together = kilobytes(first) + kilobytes(later);
  assert.ok(together <= 150, `with what comes on demand: ${together.toFixed(1)} KB compressed`);
  // None is forgotten, and none lies about.
  const all = readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(".js"));
  assert.deepEqual(all.sort(), [...first, ...later].sort());
});
