// Postal addresses, read word by word: a flat or house number or a house's name, a street, and the
// places after it, without the postcode. A street, a landmark or a town alone is not personal.

import { beforeNumber, behindStreet, besidePostcode, firstNumber, namedHouses, streetAfter, withoutStreet } from "./houses.js";
import { alphabetic } from "./scene.js";
import { isMonth } from "./spoken.js";

const ANNOUNCERS = ["at", "from", "its", "is", "im", "to", "outside", "address"];
const PARTS = ["top", "basement", "garden", "upstairs", "downstairs", "upper", "lower", "attic"];
const JOINED = [" ", ",", ", ", ". ", ".", "-", "'", "' ", "/", "  "];

export function addresses(scene, endings) {
  const found = [];
  for (let at = 0; at < scene.words.length;) {
    const streetEnd = numbered(scene, at, endings);
    const end = streetEnd ? withoutOutward(scene, at, places(scene, streetEnd, endings)) : at + 1;
    if (streetEnd) {
      const number = withNumberWord(scene, at);
      const first = firstNumber(scene, number);
      const other = first < number && scene.is(first - 1, "NOT_BEFORE_NUMBER");
      const units = first < number && scene.is(first - 1, "UNIT") && scene.gap(first) === " ";
      const from = units ? first - 1 : first;
      // "Town Hall, 1 Castle Street".
      const offices = /^(?:(?:town|county|shire|city) hall|civic centre|council offices|(?:office|chemists?|pharmacy|shop|pub|cafe|bank|surgery|takeaway|chippy|salon|library|museum|garage|dentists?|vets|bakery|butchers|barbers|church|mosque|temple|club|gym|hotel|bookies) at)$/.test(`${scene.word(first - 2)} ${scene.word(first - 1)}`);
      // "01632 960 245. The green".
      const ends = /^[0-9]/.test(scene.word(at - 1)) && scene.gap(at) === " " && scene.gap(at + 1) === ". ";
      if (!other && !offices && !ends) found.push(scene.range(beforeNumber(scene, from) ?? from, end));
    }
    at = end;
  }
  found.push(...namedHouses(scene, endings), ...behindStreet(scene));
  if (found.length > 0) found.push(...withoutStreet(scene, scene.wordAt(found[0][1])));
  return [...found, ...besidePostcode(scene)];
}

/** "9 Bryn Awel ZY15 6HT": a word in capitals before the rest of a postcode is none of the address. */
function withoutOutward(scene, at, end) {
  const postcode = end > at + 2 && scene.gap(end) === " " && /^[0-9][a-z]{2}$/.test(scene.word(end)) && outward(scene.word(end - 1));
  return postcode ? end - 1 : end;
}

/** "number nine", "Top Flat, 6 Albert Terrace": the word before a number that belongs to it. */
function withNumberWord(scene, at) {
  if (PARTS.includes(scene.word(at - 1)) && scene.is(at, "UNIT") && scene.gap(at) === " ") return at - 1;
  const number = ["number", "no"].includes(scene.word(at - 1)) && [" ", ". ", "."].includes(scene.gap(at));
  return number && !["house", "door", "flat", "property", "the"].includes(scene.word(at - 2)) ? at - 1 : at;
}

export const isHouseNumber = (word) => /^[1-9][0-9]{0,3}[a-h]?$/.test(word);

/** Whether word `at` follows the one before it with no more than a space, a comma or a dot between. */
export const joined = (scene, at) => at < scene.words.length && JOINED.includes(scene.gap(at));

export function numbered(scene, at, endings) {
  if (scene.word(at + 1) === "floor") return floorFlat(scene, at, endings);
  const bay = scene.word(at) === "bay" && [2, 3, 4, 5].some((nth) => scene.word(at + nth) === "caravan");
  if (scene.is(at, "UNIT") || bay) {
    const number = scene.word(at + 1);
    const letter = number.length === 1 && number !== "i" && number !== "a";
    if (!joined(scene, at + 1) || !(isHouseNumber(number) || letter)) return null;
    let next = scene.word(at + 2).length === 1 && joined(scene, at + 2) ? at + 3 : at + 2;
    if (scene.gap(next) === "-" && isHouseNumber(scene.word(next))) next += 1;
    if (scene.word(next + 1) === "floor" && joined(scene, next)) next += 2;
    const above = ["above", "over", "below", "behind", "at"].includes(scene.word(next))
      && scene.gap(next) === " " && scene.gap(next + 1) === " ";
    const inside = above && scene.word(next) === "at" && scene.capital(next + 1);
    const end = numberedStreet(scene, next, endings) ?? (above ? numberedStreet(scene, next + 1, endings) : null)
      ?? (inside ? streetBeyond(scene, next + 1, "BUILDING") : null);
    if (end) return end;
    const building = street(scene, next, "BUILDING");
    if (!building) return street(scene, next, "STREET") ?? buildingOfUnit(scene, next, at, endings);
    if (scene.gap(building) !== " ") return building;
    if (scene.is(building, "STREET")) return building + 1;
    return street(scene, building, "STREET") ?? building;
  }
  const no = scene.gap(at) === "." && ["no", "number", "nos"].includes(scene.word(at - 1));
  const money = /[$.:/]$/.test(scene.gap(at)) && !no;
  const road = /^[mab][0-9]+$/.test(scene.word(at - 1));
  const beside = ["next", "past", "over", "around", "about"].includes(scene.word(at - 1)) && scene.capital(at + 1);
  const counted = scene.is(at - 1, "NOT_BEFORE_NUMBER") && !/[.,\n]/.test(scene.gap(at));
  if (money || road || counted && !beside) return null;
  const begins = at === 1 || scene.gap(at - 1) !== " " || BEFORE_NUMBER.includes(scene.word(at - 2));
  const on = begins && scene.is(at - 1, "HOUSE_NUMBER") && ["on", "in"].includes(scene.word(at + 1)) && isHouseNumber(scene.word(at));
  return numberedStreet(scene, at, endings) ?? (on ? street(scene, at + 2, "STREET") : null) ?? livedAt(scene, at);
}

/** Words that are no usual ones after the number of a house where somebody lives. The word after them. */
function livedAt(scene, at) {
  const live = scene.word(at - 1) === "at" && LIVE.includes(scene.word(at - 2))
    || ["is", "address"].includes(scene.word(at - 1)) && [1, 2].some((back) => scene.word(at - back) === "address");
  const named = (word) => [" ", "-"].includes(scene.gap(word)) && /^[a-z]{4,}$/.test(scene.word(word))
    && !scene.is(word, "NOT_IN_STREET", "NOT_NAME", "COMMON", "AFTER_ADDRESS");
  const before = scene.word(at - 1) === "number" ? scene.word(at - 2) : scene.word(at - 1);
  const atHouse = before === "at" && (Number(scene.word(at)) > 24 || scene.capital(at + 1))
    && /^[a-z]{5,}[^s]$/.test(scene.word(at + 1)) && !scene.isListed(at + 1);
  if (!(live || atHouse) || !isHouseNumber(scene.word(at)) || !named(at + 1)) return null;
  return named(at + 2) && scene.capital(at + 2) ? at + 3 : at + 2;
}

const BEFORE_NUMBER = ["at", "is", "im", "m", "am", "live", "lives", "re", "from", "to", "of", "house"];
const LIVE = ["live", "lives", "lived", "living", "stay", "staying", "reside", "residing"];

const FLOORS = ["ground", "first", "second", "third", "1st", "2nd", "3rd", "top", "upper", "lower"];

function floorFlat(scene, at, endings) {
  const next = at + 3;
  if (!FLOORS.includes(scene.word(at)) || !scene.is(at + 2, "UNIT") || !joined(scene, next)) return null;
  const end = numberedStreet(scene, next, endings) ?? street(scene, next, "BUILDING") ?? street(scene, next, "STREET");
  for (let word = next; scene.gap(next) === " " && word < end; word += 1) if (!scene.capital(word)) return null;
  return end;
}

/** A building whose name does not say that it is one, after a unit's number. The word after it. */
function buildingOfUnit(scene, at, unit, endings) {
  if (!joined(scene, at)) return null;
  const named = (word) => scene.capital(word) && (scene.is(word, "STREET", "BUILDING", "PLACE")
    || scene.word(word).length > 2 && !scene.is(word, "NOT_NAME", "COMMON"));
  const the = scene.word(at) === "the";
  if (the && named(at + 1) && scene.gap(at + 1) === " ") return scene.gap(at + 2) === " " && named(at + 2) ? at + 3 : at + 2;
  if (scene.is(unit, "STREET", "PLACE") || !scene.hasSmall) return null;
  const from = the ? at + 1 : at;
  let end = from;
  while (end < at + NAME_WORDS_MAX && end < scene.words.length && (end === at || scene.gap(end) === " ")
    && (named(end) || the && !scene.is(end, "COMMON"))) end += 1;
  if (end === from) return null;
  return !the || scene.gap(end).startsWith(",") && streetAfter(scene, end, endings) ? end : null;
}

function numberedStreet(scene, at, endings) {
  // "acc no 4437 4142 same bank as before".
  const goesOn = scene.gap(at) === " " && /^\d{4}$/.test(scene.word(at)) && /^\d.{3}$/.test(scene.word(at - 1));
  if (goesOn || !isHouseNumber(scene.word(at))) return null;
  let next = at + 1;
  if (["-", "/"].includes(scene.gap(next).trim()) && isHouseNumber(scene.word(next))) next += 1;
  if (/^[a-h]$/.test(scene.word(next)) && joined(scene, next)) next += 1;
  if (scene.word(next).endsWith("s") && scene.word(next + 1).endsWith("ing") && !scene.capital(next + 1)) return null;
  let end = street(scene, next, "STREET") ?? oneWord(scene, next, endings) ?? welshStreet(scene, next);
  if (!end) {
    end = street(scene, next, "BUILDING");
    for (let word = next; end && word < end; word += 1) if (!scene.capital(word)) end = null;
    end ??= upToPostcode(scene, next) ?? inCapitals(scene, at, next);
  }
  if (end && isCompass(scene, end)) end += 1;
  if (!end || !scene.is(end, "NOT_AFTER_STREET") || /[,.\n]/.test(scene.gap(end))) return end;
  for (let shorter = end - 1; shorter >= next + 2; shorter -= 1) if (scene.is(shorter - 1, "STREET")) return shorter;
  return null;
}

const isCompass = (scene, at) => ["east", "west", "north", "south"].includes(scene.word(at)) && scene.gap(at) === " "
  && scene.is(at - 1, "STREET")
  && (at + 1 >= scene.words.length || scene.gap(at + 1) !== " " || scene.capital(at) && scene.hasSmall);

/** A street of no known kind, in capitals, before a comma and a place or after words that addresses come after. */
function inCapitals(scene, at, from) {
  const usual = (word) => scene.is(word, "NOT_NAME", "COMMON");
  const upper = (word) => [" ", "-", "'"].includes(scene.gap(word)) && scene.capital(word) && /^[a-z]+$/.test(scene.word(word))
    && (["the", "old", "new"].includes(scene.word(word)) || !scene.is(word, "NOT_IN_STREET", "TITLE"));
  let end = from;
  let unusual = false;
  for (; end < from + 3 && upper(end); end += 1) unusual ||= !usual(end);
  if (!unusual || !scene.hasSmall || isMonth(scene.word(from))) return null;
  const place = scene.gap(end) === ", " && scene.capital(end) && scene.word(end).length > 3 && !usual(end);
  const announced = ["at", "from", "to", "outside", "address"].includes(scene.word(at - 1)) && end >= from + 2 && !usual(from);
  return place || announced ? end : null;
}

/** Whatever stands between a house's number and a postcode, if it may be a street. The word after it. */
function upToPostcode(scene, at) {
  let end = at;
  while (end < at + 6 && !isPostcode(scene, end)) {
    const word = scene.word(end);
    const name = word === "the" && scene.capital(end) || /^[a-z]{2,}$/.test(word) && !scene.is(end, "NOT_IN_STREET");
    if (!name || ![" ", ", ", ",", "-", "'", ". ", "\n", ",\n"].includes(scene.gap(end)) || scene.is(end, "AFTER_ADDRESS")) return null;
    end += 1;
  }
  return end > at && isPostcode(scene, end) ? end : null;
}

const isPostcode = (scene, at) => outward(scene.word(at))
  && (/^[0-9][a-z]{2}$/.test(scene.word(at + 1)) && scene.gap(at + 1) === " " || scene.word(at).length >= 5);

export function welshStreet(scene, at) {
  const the = (word) => ["y", "yr"].includes(scene.word(word));
  if (!(scene.is(at, "WELSH_STREET") || the(at + 1) && scene.capital(at)) || !joined(scene, at)) return null;
  let end = at + 1;
  while (end < scene.words.length && end <= at + 3 && [" ", "-", "'"].includes(scene.gap(end)) && !/^[0-9]/.test(scene.word(end))
    && (the(end) || !scene.is(end, "NOT_IN_STREET", "AFTER_ADDRESS"))) end += 1;
  return end > at + 1 ? end : null;
}

/** A street in one word with a capital, before a comma or the end. */
function oneWord(scene, at, { street_endings: endings, house_endings: houses }) {
  const word = scene.word(at);
  const house = /^[a-z]{6,}$/.test(word) && !scene.isListed(at) && !scene.capital(at) && houses.some((ending) => word.endsWith(ending));
  if (house && ANNOUNCERS.includes(scene.word(at - 2)) && scene.gap(at) === " ") return at + 1;
  const alone = /^(?:broadway|hillside|kingsway|queensway)$/.test(word);
  if (alone && scene.gap(at) === " " && scene.isClosed(at + 1)) return at + 1;
  const closed = /^[,.\n]/.test(scene.gap(at + 1)) || at + 1 === scene.words.length;
  const is = word.length >= 7 && endings.some((ending) => word.endsWith(ending));
  return is && closed && scene.capital(at) && scene.gap(at) === " " ? at + 1 : null;
}

const NAME_WORDS_MAX = 4;
const PUBLIC = ["town", "village", "community", "memorial", "civic", "parish", "church"];

/** A street's name from `at` on, the last word of which is one of `kinds`. */
const street = (scene, at, kinds) => (joined(scene, at) ? streetBeyond(scene, at, kinds) : null);

export function streetBeyond(scene, at, ...kinds) {
  if (scene.word(at) === "the" && scene.is(at + 1, "THE_STREET") && joined(scene, at + 1)) {
    const named = scene.capital(at + 2) && scene.gap(at + 2) === " ";
    return (named ? streetBeyond(scene, at + 1, "BUILDING") : null) ?? at + 2;
  }
  let end = null;
  for (let next = at; next < at + NAME_WORDS_MAX; next += 1) {
    // A comma may stand after the number, not inside the name.
    const inside = next === at || !scene.gap(next).includes(",");
    const word = scene.word(next);
    if (!word || next > at && !joined(scene, next) || !inside || !alphabetic(word)) break;
    const named = next > at ? scene.is(next + 1, ...kinds)
      : scene.is(next + 2, ...kinds) && !scene.is(next + 1, "NOT_IN_STREET", "COMMON");
    const age = ["old", "new"].includes(word) && named && scene.gap(next + 1) === " ";
    if (next > at && ["hall", "centre", "court"].includes(word) && PUBLIC.includes(scene.word(next - 1))) break;
    // "9 new road and", not "2 new road signs".
    const whole = next === at && ["new", "school"].includes(word) && scene.gap(next + 1) === " "
      && /^(?:road|rd|street|st|lane)$/.test(scene.word(next + 1)) && scene.isClosed(next + 2);
    if (next > at && scene.is(next, ...kinds)) end = next + 1;
    else if (scene.is(next, "NOT_IN_STREET") && !age && !whole
      && !(scene.capital(next) && scene.capital(next + 1) && !scene.capital(at - 2))) break;
  }
  return end;
}

const PLACES_MAX = 4;

export function places(scene, streetEnd, endings) {
  let end = streetEnd;
  for (let nth = 0; nth < PLACES_MAX; nth += 1) {
    const comma = [", ", ",", " , ", "\n", ",\n", ", \n", "., ", ".,"].includes(scene.gap(end));
    const door = (comma || scene.gap(end) === " ") && scene.is(end, "UNIT") && scene.gap(end + 1) === " "
      && (/^[b-h]$/.test(scene.word(end + 1)) || isHouseNumber(scene.word(end + 1)));
    let next = door ? end + 2 : storeyFlat(scene, end);
    if (comma && !next) next = streetBeyond(scene, end, "STREET");
    if (comma && !next && (scene.capital(end) || scene.capital(end + 1))) {
      next = numberedStreet(scene, end, endings) ?? streetBeyond(scene, end, "BUILDING");
    }
    next ??= place(scene, end, comma, endings) ?? offStreet(scene, end) ?? town(scene, end);
    if (!next) break;
    end = next;
  }
  return end;
}

const STOREYS = ["top", "ground", "first", "second", "basement", "garden", "upstairs", "downstairs", "attic", "upper", "lower"];

function storeyFlat(scene, at) {
  const flat = scene.word(at + 1) === "floor" ? at + 2 : at + 1;
  const follows = [" ", ", "].includes(scene.gap(at)) && scene.gap(at + 1) === " " && scene.gap(flat) === " ";
  return STOREYS.includes(scene.word(at)) && follows && scene.is(flat, "UNIT") ? flat + 1 : null;
}

export function offStreet(scene, at) {
  const off = ["off", "on"].includes(scene.word(at)) && [" ", ", "].includes(scene.gap(at)) && scene.gap(at + 1) === " ";
  return off && scene.capital(at + 1) ? streetBeyond(scene, at + 1, "STREET") : null;
}

const NO_TOWN = ["FIRST_NAME", "RARE_NAME", "EVERYDAY_NAME", "NOT_NAME", "COMMON", "NOT_AFTER_STREET", "AFTER_ADDRESS",
  "NOT_IN_STREET", "STREET", "PLACE"];

/** A town in capitals straight after the street. The word after it. */
function town(scene, at) {
  const abbreviated = scene.gap(at) === ". " && scene.word(at - 1).length <= 5;
  const named = scene.capital(at) && /^[a-z]{4,}$/.test(scene.word(at)) && !scene.is(at, ...NO_TOWN) && !scene.capital(at + 1);
  const street = scene.is(at - 1, "STREET") && scene.capital(at - 1);
  return street && named && (scene.gap(at) === " " || abbreviated) ? at + 1 : null;
}

const PLACE_WORDS_MAX = 3;

export const outward = (word) => /^[a-z]{1,2}[0-9]/.test(word) && word.length <= 7;

const withinPlace = (scene, at) =>
  ["upon", "under", "le", "super", "cum", "by", "on", "in", "of"].includes(scene.word(at))
  && [at, at + 1].every((word) => [" ", "-"].includes(scene.gap(word)))
  && scene.capital(at - 1) && scene.capital(at + 1) && !scene.is(at + 1, "NOT_NAME", "COMMON");

/** A word that is in no list, after a street, and no form of a verb. */
const unheardOf = (scene, at) => /^[a-z]+$/.test(scene.word(at)) && !scene.isListed(at) && !scene.capital(at)
  && !/(?:[^s]s|ed|ing|ly|nt|er)$/.test(scene.word(at)) && scene.is(at - 1, "STREET")
  && (scene.gap(at + 1) !== " " || scene.is(at + 1, "NOT_NAME", "COMMON"));

/** A town or village: after a comma in capitals or with a place's ending, or straight before a postcode. */
export function place(scene, at, comma, { place_endings: endings }) {
  const shouted = !scene.hasSmall;
  if (isMonth(scene.word(at)) && /^[0-9]/.test(scene.word(at + 1))) return null;
  const near = (["nr", "near"].includes(scene.word(at)) || comma && scene.word(at) === "over") && scene.capital(at + 1)
    && scene.gap(at + 1) === " ";
  const first = near ? at + 1 : at;
  let next = first;
  let capitals = true;
  while (next < scene.words.length && next - at < PLACE_WORDS_MAX) {
    if (next > at && withinPlace(scene, next)) {
      next += 2;
      break;
    }
    const word = scene.word(next);
    const follows = next === at || [" ", "-"].includes(scene.gap(next));
    const everyday = scene.is(next, "NOT_NAME", "COMMON");
    if (!follows || word.length < 3 || !alphabetic(word) || scene.is(next, "NOT_IN_STREET", "AFTER_ADDRESS")
      || next > at && everyday && (shouted || !scene.capital(next))) break;
    if (capitals && !scene.capital(next)) {
      capitals = false;
      if (next > at && scene.capital(at)) break;
    }
    next += 1;
  }
  if (next === first) return null;
  const postcode = outward(scene.word(next)) && [" ", ", ", ",", "\n"].includes(scene.gap(next));
  const ends = (text) => text.length >= 5 && endings.some((ending) => text.endsWith(ending));
  if (!comma) {
    const town = scene.word(at).length >= 6 && (ends(scene.word(at)) || unheardOf(scene, at)) && !scene.is(at, "NOT_NAME", "COMMON");
    return (postcode || town) && scene.gap(at) === " " ? (postcode ? next : at + 1) : null;
  }
  if (scene.capital(first) || postcode) return next;
  for (let word = at; word < next; word += 1) if (ends(scene.word(word))) return word + 1;
  return null;
}
