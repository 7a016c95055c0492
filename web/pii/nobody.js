// Names that are nobody's in particular: an author's, a pet's, a firm's, a month before a year, somebody whom everybody
// knows.

import { split } from "./cues.js";
import { isMonth } from "./spoken.js";

const KIN = /^(?:co|sons?|daughters?|partners|bros)$/;
const FORM = /^(?:bros|brothers|ltd|limited|plc|llp)$/;
const WORKS = /^(?:books?|novels?|songs?|film|poem|play)$/;
const SHOWS = /^(?:tickets?|concert|gig|tour|tribute|film|movie|album|novel|musical)$/;
const THINGS = /^(?:van|lorry|gritter|truck|boat|narrowboat|barge|ship|ferry|pub|bar|cafe|shop|salon|restaurant|band|storm|bridge|street|road|lane|cockerel|firm|company)$/;

/** Whether the name in words `from` up to and excluding `to` is no resident's. */
export function isNobody(scene, from, to) {
  const [word, left] = [scene.word(to), (back) => scene.word(from - back)];
  const verb = scene.gap(to) === "'" && word === "t";
  const author = left(1) === "by" && WORKS.test(left(2));
  const shown = scene.gap(to) === " " && SHOWS.test(word);
  // Whoever holds an office is known by name: "Is it still Cllr Karim?".
  const office = /^(?:cllrs?|councillors?|mp)$/.test(left(1));
  // "Nat ins number".
  const short = scene.word(from) === "nat" && word === "ins";
  return verb || short || author || shown || office || trades(scene, from, to) || firm(scene, from, to) || called(left)
    || dated(scene, from, to) || pet(scene, from) || famous(scene, from, to);
}

/** "Barry's Tyres": a name in front of a trade, in capitals both. */
function trades(scene, from, to) {
  const trade = (at) => scene.capital(at) && scene.hasSmall && /^[a-z]{4,}$/.test(scene.word(at))
    && !scene.is(at, "FIRST_NAME", "RARE_NAME", "EVERYDAY_NAME", "SURNAME", "KIN") && scene.gap(at) === " ";
  const own = scene.gap(to) === "'" && scene.word(to) === "s";
  return own && scene.capital(from) && trade(to + 1);
}

/** "Parker Bros", "Wilson James & Co", "Bennett & Sons Joinery". */
function firm(scene, from, to) {
  const and = (at) => scene.gap(at) === " & " && KIN.test(scene.word(at));
  return to > from + 1 && /^(?:bros|ltd)$/.test(scene.word(to - 1)) || and(to) || and(from)
    || scene.capital(from) && FORM.test(scene.word(to)) && scene.gap(to) === " "
    || from > 0 && and(from - 1) && scene.gap(from) === " ";
}

/** "the lorry called Gritney Spears", "answers to Kevin". */
const called = (left) => /^(?:called|named)$/.test(left(1)) && THINGS.test(left(2)) || left(1) === "to" && left(2) === "answers";

/** "my partner Jan 22, 1988". */
function dated(scene, from, to) {
  const year = (at) => /^(\d\d|\d{4})$/.test(scene.word(at));
  return to === from + 1 && isMonth(scene.word(from))
    && (/^\d{4}$/.test(scene.word(to)) || /^\d\d?$/.test(scene.word(to)) && year(to + 1));
}

/** "my dog alfie", "the cat's called Brian". */
function pet(scene, from) {
  const left = (back) => scene.word(from - back);
  const name = ["called", "named"].includes(left(1));
  const back = 1 + name + (name && ["s", "is", "was"].includes(left(2)));
  const own = ["my", "our", "his", "her", "their", "your"].includes(left(2));
  return scene.is(from - back, "PET") && (name || own)
    && [...Array(back).keys()].every((nth) => [" ", "'"].includes(scene.gap(from - nth)));
}

function famous(scene, from, to) {
  const [start, end] = scene.range(from, to);
  const first = split(scene.cues, (hit) => hit.end <= start);
  for (let at = first; scene.cues[at]?.start < end; at += 1) if (scene.cues[at].cues.has("FAMOUS")) return true;
  return false;
}
