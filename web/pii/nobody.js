// Names that are nobody's in particular: an author's, a pet's, a firm's, a month before a year, somebody whom everybody
// knows.

import { split } from "./cues.js";
import { isMonth } from "./spoken.js";

const KIN = /^(?:co|sons?|daughters?|partners|bros)$/;
const FORM = /^(?:bros|brothers|ltd|limited|plc|llp)$/;
const WORKS = /^(?:books?|novels?|songs?|film|poem|play)$/;
const SHOWS = /^(?:tickets?|concert|gig|tour|tribute|film|movie|album|novel|musical|mural|statue)$/;
const THINGS = /^(?:van|lorry|gritter|truck|boat|narrowboat|barge|ship|ferry|pub|bar|cafe|shop|salon|restaurant|band|storm|bridge|street|road|lane|cockerel|firm|company)$/;

const GOODS = /^(?:hire|taxis|removals|motors|tyres|bakery|chippy|salon|barbers|scaffolding|skips|plumbing|butchers|kebabs|pizza|catering|roofing|landscapes|florist|hardware|carpets|autos|scrap)$/;

/** Whether the name in words `from` up to and excluding `to` is no resident's. */
export function isNobody(scene, from, to) {
  const [word, left] = [scene.word(to), (back) => scene.word(from - back)];
  const verb = scene.gap(to) === "'" && word === "t";
  const author = left(1) === "by" && WORKS.test(left(2));
  const shown = scene.gap(to) === " " && SHOWS.test(word);
  // Whoever holds an office is known by name: "Is it still Cllr Karim?".
  const office = /^(?:cllrs?|councillors?|mp|mayor|minister)$/.test(left(1));
  // "Nat ins number".
  const short = scene.word(from) === "nat" && word === "ins";
  return verb || short || author || shown || office || trades(scene, from, to) || firm(scene, from, to) || called(left)
    || dated(scene, from, to) || pet(scene, from) || petAfter(scene, to) || famous(scene, from, to);
}

/** "Barry's Tyres", "dave's skip hire": a name in front of a trade, in capitals both, or of what is sold. */
function trades(scene, from, to) {
  const trade = (at) => scene.capital(at) && scene.hasSmall && /^[a-z]{4,}$/.test(scene.word(at))
    && !scene.is(at, "FIRST_NAME", "RARE_NAME", "EVERYDAY_NAME", "SURNAME", "KIN") && scene.gap(at) === " ";
  const own = scene.gap(to) === "'" && scene.word(to) === "s";
  const goods = (at) => scene.gap(at) === " " && GOODS.test(scene.word(at));
  return own && (scene.capital(from) && trade(to + 1) && !scene.isUpper(to + 1) || goods(to + 1) || goods(to + 2));
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

/** "the tabby", "Winston my cat", "can wallace come in, hes a dog". */
function petAfter(scene, to) {
  const isPet = (at) => scene.is(at, "PET");
  const own = ["my", "our", "the"];
  for (let at = to; at < to + 8; at += 1) {
    const he = /^s?hes$/.test(scene.word(at)) || /^(?:s|is)$/.test(scene.word(at)) && /^s?he$/.test(scene.word(at - 1));
    if (he && ["a", ...own].includes(scene.word(at + 1)) && isPet(at + 2)) return true;
  }
  // Cat is somebody's name; and not "sarah, the cat is stuck".
  const spaced = scene.gap(to) === " " && scene.gap(to + 1) === " ";
  return isPet(to - 1) && scene.word(to - 1) !== "cat" || spaced && own.includes(scene.word(to)) && isPet(to + 1);
}

/** "my dog alfie", "the cat's called Brian". */
function pet(scene, name) {
  // "cat called Mrs Tiggy".
  const from = name > 1 && scene.is(name - 1, "TITLE") ? name - 1 : name;
  const left = (back) => scene.word(from - back);
  const isCalled = ["called", "named"].includes(left(1));
  const back = 1 + isCalled + (isCalled && ["s", "is", "was"].includes(left(2)));
  const own = ["my", "our", "his", "her", "their", "your"].includes(left(2));
  return scene.is(from - back, "PET") && (isCalled || own)
    && [...Array(back).keys()].every((nth) => [" ", "'"].includes(scene.gap(from - nth)));
}

function famous(scene, from, to) {
  const [start, end] = scene.range(from, to);
  const first = split(scene.cues, (hit) => hit.end <= start);
  for (let at = first; scene.cues[at]?.start < end; at += 1) if (scene.cues[at].cues.has("FAMOUS")) return true;
  return false;
}
