// Postal addresses, read word by word: a flat or house number or a house's name, a street, and the
// places after it, without the postcode. A street, a landmark or a town alone is not personal.

import { alphabetic } from "./scene.js";

const JOINED = [" ", ",", ", ", ". ", ".", "-", "'", "/", "  "];

/** The ranges of the text that hold an address. */
export function addresses(scene, endings) {
  const found = [];
  for (let at = 0; at < scene.words.length;) {
    const streetEnd = numbered(scene, at, endings);
    const end = streetEnd ? places(scene, streetEnd, endings) : at + 1;
    if (streetEnd) found.push(scene.range(at, end));
    at = end;
  }
  for (const { start, cues } of scene.cues) {
    const house = cues.has("HOUSE") && namedHouse(scene, scene.wordAt(start), endings);
    if (house) found.push(house);
  }
  return found;
}

const isHouseNumber = (word) => /^[1-9][0-9]{0,3}[a-h]?$/.test(word);

/** Whether word `at` follows the one before it with no more than a space, a comma or a dot between. */
const joined = (scene, at) => at < scene.words.length && JOINED.includes(scene.gap(at));

/** "flat 22 nightingale house", "unit 4, 9 foundry yd", "14a acacia avenue": the word after it. */
function numbered(scene, at, endings) {
  if (scene.is(at, "UNIT")) {
    const number = scene.word(at + 1);
    const letter = number.length === 1 && number !== "i" && number !== "a";
    if (!joined(scene, at + 1) || !(isHouseNumber(number) || letter)) return null;
    // "flat 22 b" and "flat 3/2".
    const next = scene.word(at + 2).length === 1 && joined(scene, at + 2) ? at + 3 : at + 2;
    const end = numberedStreet(scene, next, endings);
    if (end) return end;
    const building = street(scene, next, "BUILDING");
    if (!building) return street(scene, next, "STREET");
    if (scene.gap(building) !== " ") return building;
    // "tern house mill lane": what looked like one more word of the building is its street's.
    if (scene.is(building, "STREET")) return building + 1;
    return street(scene, building, "STREET") ?? building;
  }
  const money = /[$.:/]$/.test(scene.gap(at));
  const road = /^[mab][0-9]+$/.test(scene.word(at - 1));
  return money || road || scene.is(at - 1, "NOT_BEFORE_NUMBER") ? null : numberedStreet(scene, at, endings);
}

function numberedStreet(scene, at, endings) {
  if (!isHouseNumber(scene.word(at))) return null;
  let next = at + 1;
  // "14-16" and "14 a".
  if (scene.gap(next).trim() === "-" && isHouseNumber(scene.word(next))) next += 1;
  if (/^[a-h]$/.test(scene.word(next)) && joined(scene, next)) next += 1;
  let end = street(scene, next, "STREET") ?? oneWord(scene, next, endings);
  if (!end) {
    // "9 Tern House", but not "2 bedroom house".
    end = street(scene, next, "BUILDING");
    for (let word = next; end && word < end; word += 1) if (!scene.capital(word)) return null;
  }
  return end && !scene.is(end, "NOT_AFTER_STREET") ? end : null;
}

/** "15 Ashgrove, Wexcombe": a street in one word with a capital, before a comma or the end. */
function oneWord(scene, at, { street_endings: endings }) {
  const word = scene.word(at);
  const closed = /^[,.\n]/.test(scene.gap(at + 1)) || at + 1 === scene.words.length;
  const is = word.length >= 7 && endings.some((ending) => word.endsWith(ending));
  return is && closed && scene.capital(at) && scene.gap(at) === " " ? at + 1 : null;
}

const NAME_WORDS_MAX = 4;

/** A street's name from `at` on, the last word of which is one of `kinds`; the longest reading, so that
 * "st johns road" does not end at "st". Gives the word after it. */
function street(scene, at, kinds) {
  if (scene.word(at) === "the" && scene.is(at + 1, "THE_STREET") && joined(scene, at + 1)) return at + 2;
  let end = null;
  for (let next = at; next < at + NAME_WORDS_MAX; next += 1) {
    // A comma may stand after the number, not inside the name.
    const inside = next === at || !scene.gap(next).includes(",");
    if (!scene.word(next) || !joined(scene, next) || !inside || !alphabetic(scene.word(next))) break;
    if (next > at && scene.is(next, kinds)) end = next + 1;
    else if (scene.is(next, "NOT_IN_STREET")) break;
  }
  return end;
}

const PLACES_MAX = 4;

/** The places after a street: ", tern way", ", pendleby". Gives the word after the last. */
function places(scene, streetEnd, endings) {
  let end = streetEnd;
  for (let nth = 0; nth < PLACES_MAX; nth += 1) {
    const comma = [", ", ",", " , ", "\n", ",\n"].includes(scene.gap(end));
    const next = (comma && street(scene, end, "STREET")) || place(scene, end, comma, endings);
    if (!next) break;
    end = next;
  }
  return end;
}

const PLACE_WORDS_MAX = 3;

/** A town or village: after a comma in capitals or with a place's ending, or straight before a
 * postcode. */
function place(scene, at, comma, { place_endings: endings }) {
  let next = at;
  let capitals = true;
  while (next < scene.words.length && next - at < PLACE_WORDS_MAX) {
    const word = scene.word(next);
    const follows = next === at || [" ", "-"].includes(scene.gap(next));
    if (!follows || word.length < 3 || !alphabetic(word) || scene.is(next, "NOT_IN_STREET", "AFTER_ADDRESS")) break;
    if (capitals && !scene.capital(next)) {
      capitals = false;
      if (next > at && scene.capital(at)) break;
    }
    next += 1;
  }
  if (next === at) return null;
  // The first half of a postcode.
  const postcode = /^[a-z]{1,2}[0-9]/.test(scene.word(next)) && scene.word(next).length <= 7
    && [" ", ", ", ",", "\n"].includes(scene.gap(next));
  if (!comma) return postcode && scene.gap(at) === " " ? next : null;
  if (scene.capital(at) || postcode) return next;
  for (let word = at; word < next; word += 1) {
    const text = scene.word(word);
    if (text.length >= 5 && endings.some((ending) => text.endsWith(ending))) return word + 1;
  }
  return null;
}

/** "the old forge, church row": a house's name, then a street after a comma. */
function namedHouse(scene, house, endings) {
  const after = house + 1;
  if (!scene.gap(after).startsWith(",") || house === 0) return null;
  const end = street(scene, after, "STREET") ?? numbered(scene, after, endings);
  if (!end) return null;
  let from = house;
  while (from > 0 && house - from < 3 && scene.gap(from) === " ") {
    const word = scene.word(from - 1);
    if (word === "the") {
      from -= 1;
      break;
    }
    const lower = scene.capital(house) && !scene.capital(from - 1);
    const other = scene.is(from - 1, "NOT_IN_STREET") && word !== "old" && word !== "new";
    if (lower || other || word === "live") break;
    from -= 1;
  }
  return from < house ? scene.range(from, places(scene, end, endings)) : null;
}
