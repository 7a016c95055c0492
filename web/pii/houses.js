// House numbers elsewhere than before their street: after it ("Mill Lane, no 7"), several of them ("17 and 19 Mill
// Lane"), without it ("i'm at 33"). Houses that have a name and no number: "the old forge, church row", "Greenacres,
// Back Lane", "Ty Gwyn, Heol Las". The street after the name is what makes it an address.

import { isHouseNumber, joined, numbered, offStreet, outward, place, places, streetBeyond, welshStreet } from "./address.js";

const BEFORE_HOUSE = ["at", "is", "to", "in", "of", "from", "for", "address", "live"];
const NAME_WORDS_MAX = 4;
const BLOCKS = ["block", "building", "unit", "wing", "tower", "entrance", "stair"];
const FLOORS = ["top", "ground", "first", "second", "third", "1st", "2nd", "3rd", "upper", "lower"];

export function namedHouses(scene, endings) {
  const found = scene.cues.filter(({ cues }) => cues.has("HOUSE"))
    .map(({ start, end }) => namedHouse(scene, scene.wordAt(start), scene.wordAt(end), endings));
  for (let at = 0; at < scene.words.length; at += 1) {
    const after = houseOfOneWord(scene, at, endings) ?? welshHouse(scene, at);
    const end = after && streetAfter(scene, after, endings);
    found.push(end ? scene.range(at, places(scene, end, endings)) : null, beforePostcode(scene, at, endings));
  }
  return found.filter(Boolean);
}

/** A house's name, then a street after a comma. `house` is the first of the words that say that it is a house. */
function namedHouse(scene, house, after, endings) {
  // "my late aunt's house, 6 Pilchard Row".
  if (house === 0 || scene.is(house - 1, "KIN", "POSSESSIVE") || scene.gap(house - 1) === "'") return null;
  const end = /^[,\n]/.test(scene.gap(after)) ? afterComma(scene, house, after, endings) : withoutComma(scene, house, after, endings);
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
  const left = from - 1;
  if (from < house && scene.gap(from) === ", " && scene.capital(left)
    && (scene.is(left, "UNIT") || ["lodge", "cottage"].includes(scene.word(left)))) {
    const named = scene.gap(left) === " " && scene.capital(left - 1) && !scene.is(left - 1, "NOT_NAME");
    from = named ? left - 1 : left;
  }
  return from < house ? scene.range(from, places(scene, end, endings)) : null;
}

const isNamed = (scene, house) => scene.capital(house) && scene.capital(house - 1) && scene.gap(house) === " ";

/** Where the street or, after , the town after a house and a comma ends. */
const afterComma = (scene, house, after, endings) =>
  streetAfter(scene, after, endings) ?? offStreet(scene, after) ?? townAfter(scene, house, after, endings);

function withoutComma(scene, house, after, endings) {
  const at = scene.word(after) === "at" && scene.gap(after) === " " && scene.capital(after + 1);
  const hall = at ? streetBeyond(scene, after + 1, "BUILDING") : null;
  const road = hall ?? (isNamed(scene, house) ? offStreet(scene, after) : null);
  if (road || scene.gap(after) !== " ") return road;
  const lane = scene.word(after) === "off" ? after + 1 : after;
  const known = isLivedIn(scene, house) && scene.gap(lane) === " " && !scene.is(lane, ...OTHER);
  return (known ? streetBeyond(scene, lane, "STREET") : null) ?? townAfter(scene, house, after, endings, false);
}

function townAfter(scene, house, after, endings, known = isLivedIn(scene, house)) {
  if (scene.is(after, ...OTHER)) return null;
  if (known) return place(scene, after, true, endings);
  if (!isNamed(scene, house) || !scene.capital(after)) return null;
  for (let word = Math.max(house - 4, 0); word < house; word += 1) {
    if (["at", "live", "is", "address", "from", "of"].includes(scene.word(word)) && scene.capital(word + 1)) {
      return place(scene, after, true, endings);
    }
  }
  return null;
}

const OTHER = ["PLACE", "NOT_NAME", "COMMON", "STREET"];

/** A house with a name, after words that addresses come after or at the beginning of the message. */
function isLivedIn(scene, house) {
  let first = house;
  while (first > 0 && house - first < 3 && scene.gap(first) === " " && (!scene.is(first - 1, "NOT_IN_STREET")
    || ["the", "old", "new"].includes(scene.word(first - 1)))) first -= 1;
  const the = scene.word(first) === "the";
  if (house - first <= (the ? 1 : 0)) return false;
  const lived = ["at", "its", "is", "im", "address", "s"].includes(scene.word(first - 1)) && scene.gap(first) === " "
    && (the || !scene.is(first, "NOT_IN_STREET", "COMMON"));
  return lived || first === 0 && scene.word(house) === "cottage";
}

/** Words in capitals before a street without a number, up to a postcode. */
function beforePostcode(scene, at, endings) {
  const said = ["at", "to", "in", "is", "of", "from", "live", "house", "address"].includes(scene.word(at - 1));
  const begins = (at === 0 || /[,.\n:]/.test(scene.gap(at))) && !scene.is(at, "FIRST_NAME", "RARE_NAME", "EVERYDAY_NAME");
  if (!scene.capital(at) || !(said || begins) || !scene.hasSmall) return null;
  let end = at + 1;
  while (end < at + 3 && scene.gap(end) === " " && scene.capital(end)) end += 1;
  const street = scene.gap(end).startsWith(",") && scene.capital(end) ? streetBeyond(scene, end, "STREET") : null;
  if (!street) return null;
  const to = places(scene, street, endings);
  return outward(scene.word(to)) && [" ", ", ", "\n"].includes(scene.gap(to)) ? scene.range(at, to) : null;
}

function houseOfOneWord(scene, at, { house_endings: endings }) {
  const word = scene.word(at);
  const begins = at === 0 || /[,.\n:]/.test(scene.gap(at)) || BEFORE_HOUSE.includes(scene.word(at - 1));
  const house = word.length >= 7 && endings.some((ending) => word.endsWith(ending));
  const called = ["called", "named"].includes(scene.word(at - 1)) && word.length >= 5
    && !scene.is(at, "FIRST_NAME", "RARE_NAME", "EVERYDAY_NAME", "COMMON");
  const lived = scene.word(at - 1) === "at" && [2, 3, 4].some((back) => /^liv(?:es?|ed|ing)$/.test(scene.word(at - back)))
    && word.length >= 5 && !scene.is(at, "FIRST_NAME", "RARE_NAME", "EVERYDAY_NAME", "COMMON");
  return (house && begins || called || lived) && scene.capital(at) && /^[,\n]/.test(scene.gap(at + 1)) ? at + 1 : null;
}

function welshHouse(scene, at) {
  if (!scene.is(at, "WELSH_STREET") || !scene.capital(at) || scene.capital(at - 1)) return null;
  let end = at + 1;
  while (end < at + NAME_WORDS_MAX && [" ", "-"].includes(scene.gap(end)) && scene.capital(end)) end += 1;
  return end > at + 1 && /^[,\n]/.test(scene.gap(end)) ? end : null;
}

/** A street after a house's name and a comma or the end of a line, or a place with its postcode. */
export function streetAfter(scene, first, endings) {
  if (!["\n", ",\n", ", \n"].includes(scene.gap(first)) && !joined(scene, first)) return null;
  const endOf = ["top", "bottom", "end", "back", "foot"].includes(scene.word(first)) && scene.word(first + 1) === "of"
    && scene.gap(first + 2) === " ";
  const at = endOf ? first + 2 : first;
  const street = streetBeyond(scene, at, "STREET") ?? numbered(scene, at, endings) ?? welshStreet(scene, at);
  if (street) return street;
  const end = place(scene, at, true, endings);
  return end && outward(scene.word(end)) ? end : null;
}

/** Where a house's name begins that stands before number `at`. One that a person may have only after "at". */
export function beforeNumber(scene, at) {
  if (!/^[,\n]/.test(scene.gap(at))) return null;
  let from = at;
  while (from > 0 && at - from < 3 && scene.capital(from - 1) && (from === at || scene.gap(from) === " ")
    && !scene.is(from - 1, "TITLE")) from -= 1;
  const house = scene.is(at - 1, "STREET", "BUILDING") || scene.word(at - 1) === "floor" || scene.is(from, "WELSH_STREET");
  const person = scene.is(from, "FIRST_NAME", "RARE_NAME", "EVERYDAY_NAME") && scene.word(from - 1) !== "at";
  const alone = from + 1 === at && ["from", "at", "is", "to"].includes(scene.word(from - 1)) && scene.word(from).length >= 6
    && !scene.is(from, "NOT_NAME", "COMMON", "SURNAME");
  const floor = at - (["left", "right", "flat"].includes(scene.word(at - 1)) ? 2 : 1);
  if (floor < 0) return null;
  const block = BLOCKS.includes(scene.word(at - 2)) && scene.gap(at - 1) === " ";
  if (block && (scene.word(at - 1).length === 1 || isHouseNumber(scene.word(at - 1)))) return at - 2;
  const inn = from > 0 && from < at && scene.word(from - 1) === "the" && scene.capital(from - 1) && scene.gap(from) === " "
    && Array.from({ length: at - from }, (_, nth) => from + nth).every((word) => !scene.is(word, "NOT_NAME", "COMMON"));
  if (inn) return from - 1;
  if (scene.word(floor) === "floor" && FLOORS.includes(scene.word(floor - 1))) return floor - 1;
  return (alone || from + 1 < at && house) && !person ? from : null;
}

const WHOSE = ["m", "im", "mine", "we", "were", "re", "live", "us", "me", "are", "am"];
const NUMBER = ["number", "no", "house", "door", "num"];

export function behindStreet(scene) {
  return scene.words.map((_, kind) => {
    const number = kind > 0 && scene.is(kind, "STREET", "BUILDING") ? numberAfter(scene, kind + 1) : null;
    if (number === null) return null;
    let from = kind;
    while (from > 0 && kind - from < 3 && scene.gap(from) === " " && /^[A-Za-z]*$/.test(scene.word(from - 1))
      && (scene.capital(from - 1) || !scene.capital(kind)) && !scene.is(from - 1, "NOT_IN_STREET", "NOT_NAME")) from -= 1;
    const street = from < kind && (streetBeyond(scene, from, "STREET", "BUILDING") === kind + 1);
    return street ? scene.range(from, number + 1) : null;
  }).filter(Boolean);
}

/** A house number at `at`, with the words for one before it. */
function numberAfter(scene, at) {
  let number = at;
  while (number < at + 2 && [" ", ", ", ","].includes(scene.gap(number))
    && (scene.is(number, "UNIT") || NUMBER.includes(scene.word(number)))) number += 1;
  const said = number > at;
  const joined = (said ? [" ", ". ", "."] : [", ", ","]).includes(scene.gap(number));
  const year = /^(?:19|20)..$/.test(scene.word(number));
  const next = scene.gap(number + 1);
  const apart = number + 1 >= scene.words.length || /^[,\n?!]|^\. /.test(next);
  const thing = next === " " && (!said || scene.is(number + 1, "NOT_AFTER_STREET", "STREET"));
  return joined && isHouseNumber(scene.word(number)) && !year && !thing && (apart || said) ? number : null;
}

export function firstNumber(scene, at) {
  const stair = [", ", " "].includes(scene.gap(at)) && scene.gap(at - 1) === "/" && scene.gap(at - 2) !== "/"
    && [1, 2].every((back) => /^[0-9]{1,2}$/.test(scene.word(at - back)));
  if (stair) return at - 2;
  let from = at;
  for (let nth = 0; nth < 6; nth += 1) {
    const and = scene.gap(from) === " " && scene.gap(from - 1) === " "
      && ["and", "to", "or"].includes(scene.word(from - 1)) && isHouseNumber(scene.word(from - 2));
    const listed = [", ", " & ", " - "].includes(scene.gap(from)) && isHouseNumber(scene.word(from - 1));
    if (listed && !endsDate(scene, from - 1)) from -= 1;
    else if (and) from -= 2;
    else break;
  }
  return from;
}

const endsDate = (scene, at) => /^(?:19|20)..$/.test(scene.word(at)) || ["/", ".", "-"].includes(scene.gap(at));

const wordRange = (scene, at) => (at === -1 ? [] : [scene.range(at, at + 1)]);

export function withoutStreet(scene, named) {
  return wordRange(scene, scene.words.findIndex((_, at) => at >= named && isHouseNumber(scene.word(at))
    && scene.word(at - 1) === "at" && scene.gap(at) === " " && WHOSE.includes(scene.word(at - 2))
    && (at + 1 >= scene.words.length || /^[,.?!]/.test(scene.gap(at + 1)))));
}

export function besidePostcode(scene) {
  const postcode = scene.words.some(({ text }, at) => at > 0 && /^[0-9][a-z]{2}$/.test(text)
    && outward(scene.word(at - 1)) && scene.gap(at) === " ");
  return wordRange(scene, postcode ? scene.words.findIndex(({ text }, at) => at > 1
    && ["house", "door", "flat"].includes(scene.word(at - 2)) && ["number", "no", "num"].includes(scene.word(at - 1))
    && isHouseNumber(text) && [" ", " is ", ". ", "."].includes(scene.gap(at))) : -1);
}
