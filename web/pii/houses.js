// Houses that have a name and no number: "the old forge, church row", "Greenacres, Back Lane", "Ty Gwyn, Heol
// Las". The street after the name is what makes it an address.

import { joined, numbered, outward, place, places, streetBeyond, welshStreet } from "./address.js";

const BEFORE_HOUSE = ["at", "is", "to", "in", "of", "from", "for", "address", "live"];
const NAME_WORDS_MAX = 4;

/** The addresses that begin with a house's name. */
export function namedHouses(scene, endings) {
  const found = scene.cues.filter(({ cues }) => cues.has("HOUSE"))
    .map(({ start, end }) => namedHouse(scene, scene.wordAt(start), scene.wordAt(end), endings));
  for (let at = 0; at < scene.words.length; at += 1) {
    const after = houseOfOneWord(scene, at, endings) ?? welshHouse(scene, at);
    const end = after && streetAfter(scene, after, endings);
    if (end) found.push(scene.range(at, places(scene, end, endings)));
  }
  return found.filter(Boolean);
}

/** "the old forge, church row": a house's name, then a street after a comma. `house` is the first of the words
 * that say that it is a house. */
function namedHouse(scene, house, after, endings) {
  if (!/^[,\n]/.test(scene.gap(after)) || house === 0) return null;
  const end = streetAfter(scene, after, endings);
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

/** "Greenacres, ...", in capitals: the word after it. */
function houseOfOneWord(scene, at, { house_endings: endings }) {
  const word = scene.word(at);
  const begins = at === 0 || /[,.\n:]/.test(scene.gap(at)) || BEFORE_HOUSE.includes(scene.word(at - 1));
  const house = word.length >= 7 && endings.some((ending) => word.endsWith(ending));
  return house && begins && scene.capital(at) && /^[,\n]/.test(scene.gap(at + 1)) ? at + 1 : null;
}

/** "Ty Gwyn, ...", in capitals: the word after it. */
function welshHouse(scene, at) {
  if (!scene.is(at, "WELSH_STREET") || !scene.capital(at) || scene.capital(at - 1)) return null;
  let end = at + 1;
  while (end < at + NAME_WORDS_MAX && [" ", "-"].includes(scene.gap(end)) && scene.capital(end)) end += 1;
  return end > at + 1 && /^[,\n]/.test(scene.gap(end)) ? end : null;
}

/** A street after a house's name and a comma or the end of a line, or a place with its postcode: the word after
 * it. */
export function streetAfter(scene, at, endings) {
  if (!["\n", ",\n", ", \n"].includes(scene.gap(at)) && !joined(scene, at)) return null;
  const street = streetBeyond(scene, at, "STREET") ?? numbered(scene, at, endings) ?? welshStreet(scene, at);
  if (street) return street;
  const end = place(scene, at, true, endings);
  return end && outward(scene.word(end)) ? end : null;
}

/** "Bryn Awel, 6 Chapel Row": where a house's name begins that stands before number `at`. One that a person may
 * have ("Hazel Bank") only after "at". */
export function beforeNumber(scene, at) {
  if (!/^[,\n]/.test(scene.gap(at))) return null;
  let from = at;
  while (from > 0 && at - from < 3 && scene.capital(from - 1) && (from === at || scene.gap(from) === " ")
    && !scene.is(from - 1, "TITLE")) from -= 1;
  const house = scene.is(at - 1, "STREET", "BUILDING") || scene.word(at - 1) === "floor" || scene.is(from, "WELSH_STREET");
  const person = scene.is(from, "FIRST_NAME", "RARE_NAME", "EVERYDAY_NAME") && scene.word(from - 1) !== "at";
  return from + 1 < at && house && !person ? from : null;
}
