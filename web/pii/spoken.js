// Spoken and spelled-out forms, read as characters: "double oh seven" is 007, "q q one two" is q~q~12,
// "m for mother" is m, "9oo" is 900, "the ninth of May" is "the 9th of may".

import { Normal } from "./normal.js";

const MONTHS = "january february march april may june july august september october november december".split(" ");

/** Whether a word is a month, in full or by its usual short forms. */
export function isMonth(word) {
  return word.length >= 3 && (word === "sept" || MONTHS.some((month) => month === word || month.slice(0, 3) === word));
}

// What a word can stand for: its sort and its value.
const WORDS = new Map();
for (const [is, list] of Object.entries({
  digit: "zero=0 nil=0 nought=0 naught=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9",
  teen: "ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19",
  tens: "twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90",
  hundred: "hundred",
  thousand: "thousand",
  repeat: "double=2 triple=3 treble=3",
  nato: "alpha=a bravo=b charlie=c delta=d echo=e foxtrot=f golf=g hotel=h india=i juliet=j juliett=j kilo=k lima=l "
    + "mike=m november=n oscar=o papa=p quebec=q romeo=r sierra=s tango=t uniform=u victor=v whiskey=w whisky=w xray=x "
    + "yankee=y zulu=z zed=z zee=z ay=a el=l pee=p vee=v eff=f ess=s aitch=h arr=r bee=b gee=g ell=l tee=t queue=q queenie=q",
  oh: "oh",
  pause: "um uh er erm yep yes yeah space pause",
  to: "to too",
  for: "for",
  ordinal: "first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10 eleventh=11 "
    + "twelfth=12 thirteenth=13 fourteenth=14 fifteenth=15 sixteenth=16 seventeenth=17 eighteenth=18 nineteenth=19 "
    + "twentieth=20 thirtieth=30",
})) {
  for (const entry of list.split(" ")) {
    const [word, value = "0"] = entry.split("=");
    WORDS.set(word, { is, value: is === "nato" ? value : Number(value) });
  }
}
const OTHER = { is: "other" };

function classify(word) {
  if (/^[0-9]$/.test(word)) return { is: "typed", value: Number(word) };
  if (/^[a-z]$/.test(word)) return { is: "letter", value: word };
  if (/^[0-9]+$/.test(word)) return { is: "digits" };
  if (/^(?:[0-9]|[oil][0-9oil])/.test(word)) {
    const digits = word.replace(/[^0-9]/g, "").length;
    // Postcodes and their halves: "l11", "ol10", "1ll", "l100ll".
    const area = /^(?:l|ol)/.test(word);
    const inward = /[0-9]ll$/.test(word);
    const postcode = area && (digits <= 2 || inward) || inward && word.length === 3;
    // "li999", as a driving licence begins.
    const surname = /^[oil]{2}..9$/.test(word);
    if (digits > 0 && /^[0-9oil]{3,16}$/.test(word) && !postcode && !surname) return { is: "blurred" };
  }
  return WORDS.get(word) ?? OTHER;
}

/** The words of a normal text: runs of ASCII letters and digits and of anything that is not ASCII. */
export function tokens(text) {
  return Array.from(text.matchAll(/[0-9A-Za-z\x80-\xff]+/g), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    text: word,
  }));
}

/** Reads the spoken forms of a normal text. */
export function readSpoken(normal) {
  const reader = new Reader(normal);
  return reader.worthReading() ? reader.read() : normal;
}

class Reader {
  #normal;
  #tokens;
  #edits = [];

  constructor(normal) {
    this.#normal = normal;
    this.#tokens = tokens(normal.text).map((token) => ({ ...token, word: classify(token.text) }));
  }

  worthReading() {
    let single = 0;
    return this.#tokens.some(({ word: { is, value } }, at) => {
      if (is === "pause") return this.#is(at - 1, "digits");
      if (is === "typed" || is === "letter" && value !== "o") single += 1;
      return !["other", "digits", "for", "to", "typed"].includes(is) && !(is === "letter" && value !== "o");
    }) || single >= 3;
  }

  read() {
    let at = 0;
    while (at < this.#tokens.length) at = this.#run(at);
    return this.#edits.length > 0 ? this.#rewrite() : this.#normal;
  }

  #word(at) { return this.#tokens[at]?.word ?? OTHER; }

  #is(at, ...sorts) { return sorts.includes(this.#word(at).is); }

  #text(at) { return this.#tokens[at]?.text ?? ""; }

  /** Whether token `at` follows the one before it closely enough to belong to the same number. */
  #close(at) {
    const [left, right] = [this.#tokens[at - 1], this.#tokens[at]];
    return Boolean(left && right) && /^[ \-.,_]{0,3}$/.test(this.#normal.text.slice(left.end, right.start));
  }

  #digitLike(at) { return this.#is(at, "digits", "blurred", "typed", "digit", "teen", "tens", "repeat"); }

  #letterLike(at) { return this.#is(at, "letter", "nato"); }

  #oh(at) { return this.#is(at, "oh") || this.#is(at, "letter") && this.#word(at).value === "o"; }

  /** Reads the run of units that starts at `at`, notes its edits, and gives the token after it. */
  #run(at) {
    // "d.o.b. 1 jan": the letters are a cue and begin no identifier.
    const cue = /^(?:d o b|n h s|u t r)$/.test([0, 1, 2].map((nth) => this.#text(at + nth)).join(" "));
    if (cue && this.#close(at + 1) && this.#close(at + 2)) return at + 3;
    const after = this.#pauses(at);
    if (after) {
      this.#edits.push({ from: at, to: after, units: [], suffix: "" });
      return after;
    }
    // "the new one", which begins no number.
    const adjective = /^(?:new|old|blue|red|other|right|proper|correct|wrong|next|big|long|short|this|that)$/;
    if (this.#text(at) === "one" && adjective.test(this.#text(at - 1))) return at + 1;
    // "the last four are".
    const group = /^(?:last|first|final|other)$/.test(this.#text(at - 1));
    if (group && this.#text(at) === "four" && /^(?:are|is|s)$/.test(this.#text(at + 1))) return at + 1;
    const dated = this.#ordinal(at);
    if (dated) {
      this.#edits.push({ from: dated.from, to: dated.to, units: [dated], suffix: "th" });
      return dated.to;
    }
    const units = [];
    let next = at;
    while (next < this.#tokens.length && (units.length === 0 || this.#close(next))) {
      const unit = this.#unit(next, units);
      if (!unit) {
        const to = this.#afterHesitation(next, units);
        if (!to) break;
        next = to;
        continue;
      }
      next = unit.to;
      units.push(unit);
      // A typed group stays a group of its own.
      if (this.#is(next - 1, "blurred")) break;
    }
    if (units.length === 0) return at + 1;
    this.#keepWhatWasSaid(trim(units));
    return next;
  }

  /** "q q then 41 um 22", "then an a": the token after what is said between two parts of a number; or 0. */
  #afterHesitation(at, before) {
    const letters = before.some(({ letter }) => letter);
    if (!letters && !before.at(-1)?.spoken) return 0;
    const goesOn = (place) => letters && /^(?:then|and|again|an|dash|hyphen|next)$/.test(this.#text(place));
    let to = at;
    while (to < at + 3 && (this.#is(to, "pause") || goesOn(to)) && this.#close(to)) to += 1;
    if (this.#text(to) === "a" && this.#letterLike(to + 1) && this.#close(to) && this.#text(to - 1) === "then") to += 1;
    const part = this.#digitLike(to) || this.#letterLike(to) || this.#is(to, "oh");
    return to > at && !(to === at + 1 && this.#text(at) === "and") && this.#close(to) && part ? to : 0;
  }

  /** The token after pauses between two typed groups: "47 um 13"; or 0. */
  #pauses(at) {
    const number = (place) => this.#digitLike(place) || this.#is(place, "oh");
    let to = at;
    while (to < at + 3 && this.#is(to, "pause") && this.#close(to)) to += 1;
    return to > at && number(at - 1) && number(to) && this.#close(to) ? to : 0;
  }

  /** "ninth" and "twenty first", only beside a month: "first name" is not a date. */
  #ordinal(at) {
    const [one, two] = [this.#word(at), this.#word(at + 1)];
    let unit;
    if (one.is === "ordinal") unit = number(at, at + 1, one.value);
    else if (one.is === "tens" && two.is === "ordinal" && two.value < 10) unit = number(at, at + 2, one.value + two.value);
    else return null;
    const dated = this.#text(unit.to) === "of" || isMonth(this.#text(unit.to)) || isMonth(this.#text(at - 1))
      || this.#text(at - 1) === "the" && (isMonth(this.#text(at - 2)) || this.#text(at - 2) === "of");
    return dated ? unit : null;
  }

  /** One unit at `at`, given those before it in its run. */
  #unit(at, before) {
    const afterDigit = before.length > 0 && !before.at(-1).letter;
    const afterLetter = before.length > 0 && before.at(-1).letter;
    const { is, value } = this.#word(at);
    switch (is) {
      case "digit":
        // "four noughts", "four ones".
        if (value > 1 && this.#close(at + 1) && plural(this.#text(at + 1)) !== null) {
          return { text: plural(this.#text(at + 1)).repeat(value), from: at, to: at + 2, letter: false, spoken: true };
        }
        return this.#number(at);
      case "teen":
      case "tens":
        return this.#number(at);
      case "typed":
        if (this.#is(at + 1, "hundred") && this.#close(at + 1)) return number(at, at + 2, value * 100);
        return { ...number(at, at + 1, value), spoken: false };
      case "blurred": {
        const second = /^[ilo]/.test(this.#text(at)) && this.#letterLike(at - 1) && this.#close(at);
        // "l443 bry": a registration that begins with an l.
        const plate = /^l...$/.test(this.#text(at)) && /^[a-z]{3}$/.test(this.#text(at + 1)) && this.#close(at + 1)
          && this.#is(at + 1, "other");
        return before.length > 0 || second || plate ? null : this.#blurred(at);
      }
      case "repeat":
        return this.#close(at + 1) ? this.#repeated(at, value) : null;
      case "oh":
      case "letter":
        // "o for oscar" is no zero.
        if (is === "letter" && this.#spelt(at, value)) return this.#letter(at, value);
        if (this.#oh(at) && (afterDigit || this.#is(at - 1, "digits") && this.#close(at)
          || !afterLetter && (this.#zeroBeforeDigits(at) || this.#afterDash(at)))) return number(at, at + 1, 0);
        // "whisky november oh six".
        if (is === "oh" && before.length > 1 && before.slice(-2).every((unit) => unit.letter) && this.#is(at + 1, "digit", "typed") && this.#close(at + 1)) {
          return number(at, at + 1, 0);
        }
        if (is === "oh") return this.#is(at + 1, "nato") && this.#close(at + 1) && this.#digitLike(at + 2) ? letter(at, at + 1, "o", true) : null;
        // "a hundred and four"; "x ray", in two words; "the postcode's m 1 1 a e".
        if (value === "a" && this.#is(at + 1, "hundred") && this.#close(at + 1)) return this.#number(at);
        if (value === "x" && this.#text(at + 1) === "ray" && this.#close(at + 1)) return letter(at, at + 2, "x", true);
        return value === "s" && this.#normal.text[this.#tokens[at].start - 1] === "'" ? null : this.#letter(at, value);
      case "nato": {
        const digits = before.filter(({ letter }) => !letter).reduce((sum, { text }) => sum + text.length, 0);
        // "nine bravo 3 charlie ...": whoever has said one letter so says all so.
        const said = before.some((unit) => unit.letter && unit.spoken);
        const spelled = afterLetter || said || this.#letterLike(at + 1) && this.#close(at + 1) || digits >= 4
          || this.#lead(at)
          || this.#endsANumber(at, value);
        return spelled ? letter(at, at + 1, value, true) : null;
      }
      case "to":
      case "for": {
        // "oh seven seven four for two": only in the middle of digits that were said.
        const said = before.length >= 3 && before.slice(-3).every((unit) => unit.spoken && !unit.letter);
        const more = this.#is(at + 1, "digit", "repeat", "oh");
        return said && more ? number(at, at + 1, is === "to" ? 2 : 4) : null;
      }
      case "other": {
        // "6304 0000 oooo 0000".
        const group = (place) => this.#is(place, "digits", "blurred");
        const noughts = /^o{2,4}$/.test(this.#text(at)) && group(at - 1) && this.#close(at) && group(at + 1) && this.#close(at + 1);
        return noughts && before.length === 0 ? this.#blurred(at) : null;
      }
      default:
        return null;
    }
  }

  #blurred(at) {
    const digits = this.#text(at).replace(/o/g, "0").replace(/[il]/g, "1");
    return { text: digits, from: at, to: at + 1, letter: false, spoken: true };
  }

  /** "zulu four november", "quebec five, seven, whisky". */
  #lead(at) {
    let next = at + 1;
    while (next < at + 4 && this.#is(next, "digit") && this.#close(next)) next += 1;
    return next > at + 1 && this.#close(next) && this.#is(next, "nato");
  }

  /** "two oh dash oh oh", "two dot oh dot two". */
  #afterDash(at) {
    return ["dash", "hyphen", "dot", "point", "stroke", "slash"].includes(this.#text(at - 1)) && (this.#digitLike(at - 2) || this.#oh(at - 2));
  }

  #zeroBeforeDigits(at) {
    let next = at + 1;
    while (next < at + 4 && this.#oh(next) && this.#close(next)) next += 1;
    // "oh 12 34 56 c" is a national insurance number, typed; "oh seven" is said.
    const typed = this.#is(next, "digits", "typed", "blurred");
    // "oh oh oh oh".
    if (next === at + 4 && this.#is(at, "oh")) return true;
    return this.#digitLike(next) && this.#close(next) && !(typed && this.#is(at, "oh"));
  }

  /** "12 34 56 charlie": the last letter of a national insurance number after typed digits. */
  #endsANumber(at, value) {
    return value <= "d" && this.#is(at - 1, "digits") && this.#close(at) && this.#is(at - 2, "digits");
  }

  /** "seven", "seventy one", "nine hundred", "two thousand and nineteen"; "nine hundred four" is 9004. */
  #number(at) {
    const [value, next] = this.#belowHundred(at);
    let scale = 0;
    if (this.#is(next, "hundred") && value >= 1) scale = 100;
    else if (this.#is(next, "thousand") && value >= 1 && value < 10) scale = 1000;
    if (scale === 0 || !this.#close(next)) return number(at, next, value);
    const and = this.#text(next + 1) === "and";
    const rest = and ? next + 2 : next + 1;
    const year = scale === 1000 && this.#is(rest, "teen", "tens");
    if ((and || year) && this.#is(rest, "digit", "teen", "tens")) {
      const [more, end] = this.#belowHundred(rest);
      return number(at, end, value * scale + more);
    }
    return number(at, next + 1, value * scale);
  }

  /** The number that is said at `at`, up to ninety nine, and the token after it; "a" is one. */
  #belowHundred(at) {
    const value = this.#text(at) === "a" ? 1 : this.#word(at).value;
    const digit = this.#word(at + 1);
    if (this.#is(at, "tens") && digit.is === "digit" && digit.value > 0 && this.#close(at + 1)) return [value + digit.value, at + 2];
    return [value, at + 1];
  }

  #repeated(at, times) {
    const { is, value } = this.#word(at + 1);
    let text;
    // "double u" is a w; "double you" is where letters or digits come after it.
    const goesOn = () => (this.#letterLike(at + 2) || this.#digitLike(at + 2)) && this.#close(at + 2);
    const u = this.#text(at + 1);
    if (times === 2 && (u === "u" || u === "you" && this.#text(at) === "double" && goesOn())) return letter(at, at + 2, "w", true);
    if (is === "digit" || is === "typed") text = String(value);
    else if (this.#oh(at + 1)) text = "0";
    else if (is === "letter" || is === "nato") text = value;
    else return null;
    return { text: text.repeat(times), from: at, to: at + 2, letter: /[a-z]/.test(text), spoken: true };
  }

  /** Where "m for mother", "b as in bravo" or "x for x ray" ends; 0 if nothing is said so. */
  #spelt(at, value) {
    const begins = (next) => this.#text(next).startsWith(value) && this.#text(next).length > 1;
    const ray = value === "x" && this.#text(at + 2) === "x" && this.#text(at + 3) === "ray";
    const isFor = this.#is(at + 1, "for") || this.#text(at + 1) === "like";
    if (isFor && ray) return at + 4;
    if (isFor && begins(at + 2)) return at + 3;
    return this.#text(at + 1) === "as" && this.#text(at + 2) === "in" && begins(at + 3) ? at + 4 : 0;
  }

  #letter(at, value) {
    const to = this.#spelt(at, value);
    return letter(at, to || at + 1, value, to > 0);
  }

  /** Letters and digits in turn are one identifier; otherwise digits that were said are one number, and
   * letters that were said are one word. */
  #keepWhatWasSaid(units) {
    const letters = units.filter((unit) => unit.letter).length;
    const edit = (part) => {
      if (part.length > 0) this.#edits.push({ from: part[0].from, to: part.at(-1).to, units: part, suffix: "" });
    };
    if (units.length >= 4 && letters > 0 && letters < units.length) {
      edit(units);
      return;
    }
    for (let from = 0, to = 0; from < units.length; from = to) {
      while (to < units.length && units[to].letter === units[from].letter) to += 1;
      const part = units.slice(from, to);
      if (part.some(({ spoken }) => spoken)) edit(part);
    }
  }

  #rewrite() {
    const normal = this.#normal;
    const out = new Normal();
    let done = 0;
    for (const { from: first, to: last, units, suffix } of this.#edits) {
      out.copy(normal, done, this.#tokens[first].start);
      if (units.length === 0) {
        done = this.#tokens[last].start;
        continue;
      }
      units.forEach(({ text, from, to, letter: isLetter }, nth) => {
        const [start, end] = [this.#tokens[from].start, this.#tokens[to - 1].end];
        // A pattern may begin and end between any two characters of which one is a letter.
        if (nth > 0 && (isLetter || units[nth - 1].letter)) out.push("~", normal.starts[start], normal.ends[start]);
        const exact = end - start === text.length;
        Array.from(text).forEach((byte, place) => {
          out.push(byte, ...(exact ? normal.source(start + place, start + place + 1) : normal.source(start, end)));
        });
      });
      done = this.#tokens[last - 1].end;
      out.push(suffix, ...normal.source(done - 1, done));
    }
    out.copy(normal, done, normal.text.length);
    return out;
  }
}

/** The digit of which several are said: "noughts", "ones". */
function plural(word) {
  if (/^(?:n[ao]ughts|zeroe?s|ohs)$/.test(word)) return "0";
  const digit = ["ones", "twos", "threes", "fours", "fives", "sixes", "sevens", "eights", "nines"].indexOf(word) + 1;
  return digit > 0 ? String(digit) : null;
}

// One spoken unit: the characters that the tokens `from` to `to` stand for.
const number = (from, to, value) => ({ text: String(value), from, to, letter: false, spoken: true });
const letter = (from, to, text, spoken) => ({ text, from, to, letter: true, spoken });

/** "i" and "a" at the edge of a run are the words, not letters of an identifier. */
function trim(units) {
  const isWord = (unit, text) => unit.letter && !unit.spoken && unit.text === text;
  let [from, to] = [0, units.length];
  while (from < to) {
    const article = from + 1 < to && !units[from + 1].letter;
    if (!isWord(units[from], "i") && !(article && isWord(units[from], "a"))) break;
    from += 1;
  }
  while (from < to && isWord(units[to - 1], "i")) to -= 1;
  return units.slice(from, to);
}
