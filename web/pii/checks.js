// The checks of the rule table, by name: does a candidate speak for itself, need a cue, or is it none?
// Check digits are worked out here; what stands around a candidate is the pass's business.

import { isMonth } from "./spoken.js";

export const NO = 0;
export const NEEDS_CUE = 1;
export const SURE = 2;
export const CERTAIN = 3;

const sureIf = (condition) => (condition ? SURE : NO);
const cuedIf = (condition) => (condition ? NEEDS_CUE : NO);
const atLeastCued = (sure) => (sure ? SURE : NEEDS_CUE);
const within = (value, least, most) => value >= least && value <= most;
const digitsOf = (text) => text.replace(/[^0-9]/g, "");
const whole = (text) => (/^[0-9]+$/.test(text) ? Number(text) : NaN);

/** Payment cards: a scheme, its length, and the check of ISO/IEC 7812-1. */
function isCard(digits) {
  if (!/^[0-9]{12,19}$/.test(digits)) return false;
  const { length } = digits;
  const lead = Number(digits.slice(0, 2));
  const scheme = {
    2: () => length === 16 && within(Number(digits.slice(0, 4)), 2221, 2720),
    3: () => ([34, 37].includes(lead) && length === 15)
      || ([30, 36, 38, 39].includes(lead) && length >= 14) || (lead === 35 && length >= 16),
    4: () => [13, 16, 19].includes(length),
    5: () => (within(lead, 51, 55) ? length === 16 : lead === 50 || within(lead, 56, 58)),
    6: () => true,
  }[digits[0]];
  let sum = 0;
  for (let at = 0; at < length; at += 1) {
    const digit = Number(digits[length - 1 - at]) * (at % 2 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0 && Boolean(scheme?.());
}

/** National insurance numbers (National Insurance Manual NIM39110). */
const isNino = (value) => /^(?!bg|gb|kn|nk|nt|tn|zz)[abceghj-prstw-z][abceghj-nprstw-z][0-9]{6}[a-d]$/.test(value);

/** NHS numbers (NHS Data Dictionary): a check that comes to 10 is never issued. */
function isNhs(digits) {
  if (digits.length !== 10) return false;
  let sum = 0;
  for (let at = 0; at < 9; at += 1) sum += Number(digits[at]) * (10 - at);
  return (11 - sum % 11) % 11 === Number(digits[9]);
}

/** Unique taxpayer references: the first digit checks the other nine. */
function isUtr(digits) {
  if (digits.length !== 10) return false;
  const sum = [6, 7, 8, 9, 10, 5, 4, 3, 2].reduce((all, weight, at) => all + weight * Number(digits[at + 1]), 0);
  return "21987654321"[sum % 11] === digits[0];
}

/** IBANs (ISO 13616), upper case, without separators; the length is the finder's. */
export function isIban(iban) {
  let rest = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** The national number of a British telephone number: "0" and nine or ten digits; or nothing. */
export function national(digits) {
  const [, rest] = /^(?:00)?440?([0-9]*)$/.exec(digits) ?? [];
  if (rest !== undefined && within(rest.length, 9, 10)) return `0${rest}`;
  return digits.startsWith("0") && within(digits.length, 10, 11) ? digits : null;
}

/** A digit cannot be glued to digits: groups are whole, and spelled-out ones are groups of their own. */
const glued = ({ before, after }) => /[A-Za-z]/.test(before + after);

/** Whether no group has more than so many digits: one where they are said one at a time. */
const inGroups = ({ shape }, most) => shape.split(/[^0-9]/).every((group) => group.length <= most);

/** By the National Telephone Numbering Plan (Ofcom): 01 and 02 geographic, 05 and 07 personal. */
function phone(candidate) {
  const { value: digits, shape, loose } = candidate;
  // "04-00-44 12003400, 04-00-45 ...": sort codes and accounts.
  if (candidate.before === "-" && (loose || digits.startsWith("00"))) return NO;
  if (candidate.source.startsWith("+") && !digits.startsWith("44")) return sureIf(digits.length >= 9 && !loose);
  const number = national(digits);
  if (!number) return cuedIf(/^0[^389]/.test(digits) && digits.length >= 9 || digits.startsWith("7") && digits.length === 10);
  let full;
  if (/^.1[1-9]/.test(number)) full = number.length === 11 || !loose && shape.length <= 11;
  else if (/^.(?:2[03489]|7|5[56])/.test(number)) full = number.length === 11;
  else return NO;
  // "the reference is 4417 0936 2281".
  return atLeastCued(full && !glued(candidate) && !/^44.. /.test(shape));
}

/** "oh one six one and then four nine six ...". */
const isInTwoGoes = ({ shape }) => shape.includes("then") || shape.includes(" and ");

/** 07 and nine digits more, with or without the country's code. */
function mobile(candidate) {
  const digits = candidate.value;
  const is = national(digits)?.startsWith("07") || digits.startsWith("07") || digits.startsWith("7") && digits.length === 10;
  // "oh seven, thirty one, sixty two, and then one nine four four oh ..." are a sort code and an account.
  const two = candidate.shape.includes(" and ") && !candidate.shape.includes("then");
  return is && !(candidate.part && candidate.loose) && !two ? phone(candidate) : NO;
}

/** With a cue, and not where a word or a road is meant. */
function oldVrm({ value, shape, capitals }, { short_words: words }) {
  const word = value.split(/[0-9]/).some((letters) => words.includes(letters));
  return cuedIf(!(shape.includes(" ") && !capitals && word));
}

/** Whether a mailbox is called by words for desks and by nothing else. */
const isDesk = (local, desks) => local.split(/[^A-Za-z]+/).filter(Boolean).every((word) => desks.includes(word));

/** Letters that begin the names of models. */
const MODELS = ["mx", "xc", "cx", "gt", "gti", "tdi", "bmw", "vw", "mk", "mg", "hgv", "rs", "gs", "crv"];

/** Dates with a feast for the day and the month. */
const FEAST = /^(?:boxing|christmas|new year|valentines|halloween)/;

/** Days that lie so far back are hardly ever spoken of but as somebody's birth; and where nothing else is said, not
 * so far. Two figures are of the last century where they are of no year to come. */
const longPast = (year, alone) => within(year, 31, 99) || within(year, 1900, alone ? 2022 : 2009);

/** "oh four oh oh two six and double one double eight ...": a sort code and an account. */
const isTwoNumbers = ({ value, shape, loose }) => loose && value.length < 16 && shape.includes(" and ");

/** "08-92-50", "08 - 92 - 50", "oh eight dash ninety two dash fifty". */
const isInPairs = ({ shape }) => /^[^-]{2}(-| - | dash )[^-]{2}\1[^-]{2}$/.test(shape);

/** Each takes a candidate and the table, and gives NO, NEEDS_CUE, SURE or CERTAIN. */
export const CHECKS = {
  cued: () => NEEDS_CUE,
  sure: () => SURE,
  certain: () => CERTAIN,

  card: (candidate) => (isCard(candidate.value) && !isTwoNumbers(candidate) ? CERTAIN : NO),

  /** A near miss is one too where a cue says so: a mistyped card number is still most of a card. */
  short_or_mistyped_card(candidate) {
    const { value, shape, loose } = candidate;
    if (isTwoNumbers(candidate)) return NO;
    if (isCard(value)) return SURE;
    if (value.length < 13 || loose) return NO;
    // "4242 4242 4242 424": as one types it who has lost a digit.
    return atLeastCued(/^[45]\d{3}(?:[ -]\d{4}){2}[ -]\d{3}$/.test(shape));
  },

  nino(candidate) {
    const { value, shape } = candidate;
    // Words that happen to be issued prefixes: "at 12 30 45 b".
    const word = /^(?:at|we|me|am|as|be|he|my|or)/.test(shape) && shape.includes(" ") && !candidate.capitals;
    const digits = digitsOf(value).length;
    // "SC 20-40-08. A/C 9001 7733".
    if (digits < 3 || candidate.after === "/") return NO;
    const read = value.slice(0, 2) + value.slice(2, -1).replace(/o/g, "0").replace(/[il]/g, "1") + value.slice(-1);
    // The published example is on every form, so people copy it.
    // "ZZ/90/80/70/D": nothing else is written so.
    return atLeastCued((isNino(read) || value.startsWith("qq") || /^..([/-]..){3}[/-].$/.test(shape)) && !word && digits > 3);
  },

  /** With the prefix of the published example it can be nothing else. */
  mistyped_nino: ({ value }) => atLeastCued(value.startsWith("qq")),

  /** England and Wales issue from 4, 6 and 7 on and test with 9, Northern Ireland from 32 on. */
  nhs(candidate) {
    const { value, shape, source, loose, alone } = candidate;
    // "40029910 (40 52 11)" and "40-09-63 30285519" are an account and its sort code.
    if (!isNhs(value) || shape.includes("(") || candidate.before === "-") return NO;
    const grouped = shape.length > value.length || source.length > shape.length;
    // "999/227/8773", "nine nine nine um five six oh then five six nine four".
    const one = !loose || /^[^/]{3}[/][^/]{3}[/][^/]{4}$/.test(shape) || shape.includes(" then ") && !shape.includes(",");
    return atLeastCued(/^(?:[4679]|3[2-9])/.test(value) && (grouped || alone) && one && !glued(candidate));
  },

  utr: ({ value, loose }) => cuedIf(isUtr(value) || !loose),

  /** Five digits and five with a space between, the first of which checks the others. */
  utr_in_fives: ({ value, shape }) => sureIf(/^[0-9]{5} [0-9]{5}$/.test(shape) && isUtr(value)),

  mobile,

  landline(candidate) {
    return mobile(candidate) !== NO || candidate.part || isInTwoGoes(candidate) ? NO : phone(candidate);
  },

  /** The same, with a "then" in it: "oh one six one and then four nine six ...". */
  landline_in_two_goes(candidate) {
    return mobile(candidate) === NO && isInTwoGoes(candidate) ? phone(candidate) : NO;
  },

  /** Groups of digits as they are written elsewhere. Times of day ("0900-1700") and dates are none. */
  foreign_phone({ value, shape, before }) {
    const [digits] = value.split("x");
    const groups = shape.split(/[^0-9]+/).filter(Boolean);
    const longest = Math.max(...groups.map((group) => group.length));
    const times = groups.every((group) => within(group.length, 3, 4) && Number(group) <= 2400);
    // "0808 196 4420 forty minutes": a public line. "04-00-44 12003400": a sort code and an account.
    if (/^\(?0[389]/.test(shape) || before === "-") return NO;
    if (!within(digits.length, 7, 15) || longest < 3 && digits.length < 8 || groups.length === 2 && times) return NO;
    const area = /^\(...\)/.test(shape) && digits.length === 10;
    const abroad = shape.startsWith("+") && !digits.startsWith("44");
    const american = digits.startsWith("001") && digits.length === 13;
    return atLeastCued((area || american || abroad) && groups.length >= 3);
  },

  /** Lines that belong to organisations: 03, 08, 09, helplines from 116 on, Childline, gas. */
  /** With the month at its end it can be nothing else. */
  full_badge({ value, capitals }) {
    const shown = /[a-z][0-9]..[0-9][a-z]$/.test(value) && value.length >= 13 && capitals;
    return atLeastCued(/[0-9]{4}$/.test(value) && value.length >= 12 || /[a-z]....x.$/.test(value) && value.length >= 14 || shown);
  },

  public_line({ value, shape }) {
    // "oh nine oh one two seven and then four four one ..." is no line.
    if (isInTwoGoes({ shape })) return NO;
    const helpline = value.length === 6 && shape.startsWith("116");
    const short = value.startsWith("0800") && [8, 10].includes(value.length);
    return sureIf(/^.[389]/.test(national(value) ?? "") || helpline || short);
  },

  sort_code(candidate, table) {
    const { shape, loose, before, after } = candidate;
    const colons = shape.split(":").length === 3;
    const said = !/[0-9]/.test(candidate.source) || inGroups(candidate, 2);
    if (!(shape.length <= 8 && (!loose || colons) || said)) return NO;
    // "08-92-50" and nothing else.
    const one = isInPairs(candidate) && before !== "-" && after !== "-";
    return atLeastCued(candidate.alone && one && CHECKS.solid_date(candidate, table) === NO);
  },

  /** "40-47-84", which is no date. */
  dashed_sort_code(candidate, table) {
    // All that was said: not six figures of an account's eight.
    const said = candidate.shape.length === 6 && !/[0-9]/.test(candidate.source) && !candidate.part;
    const pairs = isInPairs(candidate) || /^..([. ])..\1..$/.test(candidate.shape) || said;
    return pairs && CHECKS.solid_date(candidate, table) === NO ? CHECKS.sort_code(candidate, table) : NO;
  },

  /** "20 47 88", which is no date. */
  paired_sort_code(candidate, table) {
    const pairs = /^..[ -]..[ -]..$/.test(candidate.shape);
    return pairs && CHECKS.solid_date(candidate, table) === NO ? CHECKS.sort_code(candidate, table) : NO;
  },

  cued_digits({ value, shape, loose }) {
    const years = value.length === 8 && shape.split(/[^0-9]/).every((group) => within(whole(group), 1990, 2040));
    // "five one two then oh nine four then 837" is none.
    const lists = loose && !/[a-z]/i.test(shape.replace(/(?<![a-z])and(?![a-z])/gi, ""));
    return cuedIf(!lists && !years);
  },

  account: (candidate, table) => CHECKS.cued_digits(candidate, table),

  /** "55779911" or "5577 9911", but not "PP-11829304". */
  whole_account: (candidate, table) => ([8, 9].includes(candidate.shape.length) && candidate.before !== "-" ? CHECKS.account(candidate, table) : NO),

  cvv(candidate) {
    const { value, shape, before, after } = candidate;
    const one = shape.length === value.length || inGroups(candidate, 1);
    // "valid til feb 2028", "the garage at the back, bought in 1988".
    const year = /^(?:19..|20[0-3].)$/.test(value);
    return cuedIf(one && !glued(candidate) && ![".", "$", "£"].includes(before) && after !== "%" && !year);
  },

  /** "07/30", which is no part of a date or of a reference. */
  month_and_year: ({ before, after }) => cuedIf(!"/-.".includes(before) && after !== "/"),

  /** A month and a year; three figures typed in one piece are a group of a longer number. */
  expiry: ({ shape, source, before }) => cuedIf(!(shape.length === 3 && !source.includes("ty")) && before !== "/"),

  /** "0928": a month and a year to come, typed in one piece or said. */
  solid_expiry(candidate) {
    const { value, shape } = candidate;
    return cuedIf(shape.length === value.length && /^(?:0[1-9]|1[0-2])[2-4]/.test(value) && !glued(candidate));
  },

  postcode(candidate, { postcode_areas: areas, short_words: words }) {
    const { value, shape, capitals, before, alone } = candidate;
    const [outward, inward] = [value.slice(0, -3), value.slice(-3)];
    if (before === "'") return NO;
    // "the a34 one", "the m60 off".
    const word = !capitals && /^o(?:ne|ff|ld|ut|ur|wn|dd|ps|ap)$/.test(inward);
    if (inward.startsWith("o") && (word || outward.length < 3)) return NO;
    const ordinal = shape.includes(" ") && /^(?:1st|2nd|3rd|[04-9]th)$/.test(inward);
    const [area] = outward.split(/[0-9]/);
    if (!areas.includes(area)) return NO;
    // "gu 93 1 zb", not "so 10 2 be".
    const apart = /^.. [0-9]{2} [0-9] /.test(shape) && !words.includes(shape.slice(0, 2));
    return atLeastCued(apart && !ordinal || (shape.match(/[ \-.]/g) ?? []).length <= 1 && !ordinal || capitals || alone && !ordinal);
  },

  /** The shape of a postcode whose two letters are no area's. */
  unknown_postcode({ value, shape, before }, { postcode_areas: areas }) {
    const [area] = value.split(/[0-9]/);
    const inward = value.slice(-3);
    const ordinal = shape.includes(" ") && /^(?:1st|2nd|3rd|[04-9]th)$/.test(inward);
    if (area.length !== 2 || areas.includes(area) || ordinal || before === "'") return NO;
    // "at 10 at night".
    return atLeastCued(!inward.startsWith("o") && !/^..[ \-]|[ \-.].*[ \-.]/.test(shape));
  },

  /** The shape of a postcode that ends in a letter which none has: as on an envelope, or with a cue. */
  mistyped_postcode({ value, shape, capitals, before }, { postcode_areas: areas }) {
    const [outward, inward, ending] = [value.slice(0, -3), value.slice(-3), value.slice(-2)];
    const [area] = outward.split(/[0-9]/);
    const ordinal = shape.includes(" ") && /^(?:1st|2nd|3rd|[04-9]th)$/.test(inward);
    // "the M25 9AM", "PS5 1TB".
    const unit = ["am", "pm", "km", "mm", "cm", "kg", "mb", "tb", "ml", "ok"].includes(ending);
    const known = areas.includes(area) || area.length === 2;
    if (!/[cikmov]/.test(ending) || !known || ordinal || unit || before === "'") return NO;
    return atLeastCued(capitals && shape.includes(" "));
  },

  /** Addresses of desks at public bodies stand in leaflets; a person's, even at work, is a person's. */
  mail({ shape, before }, { desks }) {
    const at = shape.lastIndexOf("@");
    const body = at >= 0 && /\.(?:gov\.uk|gov\.wales|gov\.scot|nhs\.uk|police\.uk)$/.test(shape.slice(at + 1));
    // What is left of a desk after its first letters is none either.
    const part = /[0-9A-Za-z]/.test(before);
    return sureIf(!(body && (part || isDesk(shape.slice(0, at), desks))));
  },

  /** "lucy underscore bell at example dot org"; a typed dot needs a cue or a mail provider. */
  spoken_email({ shape, before, after }, { words_before_at: words, mail_providers: providers, desks }) {
    const at = shape.lastIndexOf(" at ");
    if (at < 0) return SURE;
    const domain = shape.slice(at + 4);
    const local = shape.slice(0, at);
    // "the parking team at parking.appeals@...", "it's jan dot price at ...".
    if (after === "@" || before === "'") return NO;
    if (/gov(?: dot |\.)uk$/.test(domain) && isDesk(local.replaceAll(" dot ", "."), desks)) return NO;
    if (words.includes(local.split(" ").at(-1))) return NO;
    return atLeastCued(providers.some((provider) => domain.startsWith(provider)) || domain.includes(" dot "));
  },

  ipv4({ shape: said, before }) {
    const typed = said.replace(/, /g, " ").replace(/ (?:dot|point|full stop) | ?\. ?/g, ".");
    // "ip 198 51 100 76", "192,0,2,56".
    const apart = /[, ]/.test(typed);
    const shape = typed.replace(/[, ]/g, ".");
    const parts = shape.split(".");
    const valid = parts.every((part) => /^(?:0|[1-9][0-9]*)$/.test(part) && Number(part) < 256);
    const inside = /^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.|255\.|0\.0\.0\.0$)/.test(shape);
    return valid && before !== "." ? atLeastCued(!inside && !apart) : NO;
  },

  ipv6({ shape }) {
    const gaps = shape.split("::").length - 1;
    const parts = shape.split(/:+/).length;
    return sureIf(parts >= 3 && (gaps === 0 ? parts === 8 : gaps === 1 && parts < 8));
  },

  /** Six letters and digits; of another length only in capitals or with most of it digits. */
  badge({ value, capitals }) {
    const digits = digitsOf(value).length;
    const likely = value.length === 6 || digits >= 4 || digits > 1 && capitals;
    // "QPFTTD": no word.
    const letters = value.length === 6 && capitals && (value.match(/[aeiou]/g) ?? []).length < 2;
    return cuedIf(digits > 0 ? !value.endsWith("th") && likely : letters);
  },

  /** Six letters and digits in capitals, two of each at least. */
  shown_badge: ({ value, capitals }) =>
    cuedIf(value.length === 6 && within(value.replace(/[^a-z]/g, "").length, 2, 4) && capitals),

  /** The same in groups, each with a digit; in pairs in any case: "k3 9w 2d". */
  badge_in_groups(candidate) {
    const { shape, value } = candidate;
    if (!shape.split(/[ \-]/).every((group) => /[0-9]/.test(group))) return NO;
    return shape.length === 8 && value.replace(/[^a-z]/g, "").length === 3 ? NEEDS_CUE : CHECKS.shown_badge(candidate);
  },

  /** A date in digits: day first, or year first. */
  date({ shape, before, after, alone }) {
    const parts = shape.split(/[^0-9]+/).filter(Boolean).map(Number);
    if (parts.length !== 3) return NO;
    // "12/30/1990", as it is written in other countries.
    if (within(parts[0], 1, 12) && within(parts[1], 13, 31) && within(parts[2], 1880, 2100)) return NEEDS_CUE;
    const [day, month, year] = within(parts[0], 1880, 2100) ? [...parts].reverse() : parts;
    if (!within(day, 1, 31) || !within(month, 1, 12) || !within(year, 1880, 2100) && year > 99) return NO;
    const plain = year > 99 || /[/.]/.test(shape) || alone;
    const part = "./-".includes(before) || after === "/";
    return atLeastCued(plain && !part && longPast(year, alone));
  },

  /** A date with the month in letters, "the 3rd of the 4th", or a feast. */
  worded_date: ({ shape }) =>
    cuedIf(shape.split(/[^a-z]+/).some(isMonth) || shape.includes(" of the ") || FEAST.test(shape)),

  /** The same with a year so far back that it is a birth date: "the 3rd of the 3rd 33", not "12 may 50 people". */
  worded_date_of_birth({ shape, alone }) {
    if (CHECKS.worded_date({ shape }) === NO) return NO;
    const year = Number(/[0-9]*$/.exec(shape)[0]);
    return atLeastCued((year > 99 || /st |nd |rd |th | of /.test(shape)) && longPast(year, alone));
  },

  /** ddmmyy, ddmmyyyy, yyyymmdd; where it was said, without noughts too: "four eleven seventy one". */
  solid_date({ value, source, loose }) {
    const number = (from, to) => Number(value.slice(from, to));
    const year = (from) => within(number(from, from + 4), 1880, 2100);
    const date = (day, month) => within(number(day, day + 2), 1, 31) && within(number(month, month + 2), 1, 12);
    if ([5, 7].includes(value.length)) {
      const said = !/[0-9]/.test(source) && (value.length === 5 || year(3));
      const short = (day, month) => within(day, 1, 31) && within(month, 1, 12);
      return cuedIf(said && (short(number(0, 1), number(1, 3)) || short(number(0, 2), number(2, 3))));
    }
    const real = (value.length === 6 || year(4)) && date(0, 2) || value.length === 8 && year(0) && date(6, 4);
    return cuedIf(real && !loose);
  },

  /** Two letters, age, three letters. It needs no cue unless its letters are words: "ls12 our", "in 12 abc". */
  vrm({ value, shape, capitals }, { short_words: words }) {
    const age = whole(value.slice(2, 4));
    if (!within(age, 2, 29) && !within(age, 51, 79)) return NO;
    // "YJ 13 and then EWK".
    if (shape.includes("then")) return NEEDS_CUE;
    const onePiece = !/[ -]/.test(shape) || capitals;
    const [first, last] = [value.slice(0, 2), value.slice(4)].map((part) => words.includes(part));
    if (!onePiece && first && last) return NO;
    // Letters that were spelled out are no word.
    return atLeastCued((!last || shape.includes("~")) && (onePiece || !first));
  },

  /** What looks like the current style and was never issued: people invent them, hide one letter, or type an
   * i for a one. In one piece or in capitals, with both figures there, it needs no cue. */
  unissued_vrm({ value, shape, capitals }, { short_words: words }) {
    if (words.includes(value.slice(0, 2)) || words.includes(value.slice(4))) return NO;
    const onePiece = !/[ -]/.test(shape) || capitals;
    return atLeastCued(onePiece && /^[0-9]{2}$/.test(value.slice(2, 4)));
  },

  /** Prefix and suffix styles: in one piece with three figures they need no cue, nor in capitals. */
  lettered_vrm(candidate, table) {
    const { value, shape, capitals } = candidate;
    const letters = value.split(/[0-9]/).filter(Boolean);
    const spaced = /[ -]/.test(shape);
    const road = ["a", "b", "m"].includes(letters[0]) && spaced;
    // "ccv 377 n exp ...".
    const word = letters.some((part) => part === "ccv" || table.short_words.includes(part));
    const one = value.length === 7 || capitals && value.length >= 6;
    return one && !word && (!road || capitals && value.length >= 6) ? SURE : oldVrm(candidate, table);
  },

  /** Any registration beside a word for it: of no style, in one piece or in capitals; not "on 12", "5pm",
   * "a34", "1st". */
  any_plate: (candidate, table) =>
    (!/[ -]/.test(candidate.shape) || candidate.capitals ? CHECKS.spaced_plate(candidate, table) : NO),

  /** The same in capitals beside a word for a vehicle: not "BMW 320", "XC90". */
  capital_plate(candidate, table) {
    const model = MODELS.includes(candidate.value.split(/[0-9]/)[0]);
    return candidate.capitals && !model ? CHECKS.any_plate(candidate, table) : NO;
  },

  /** The same in any spacing. */
  spaced_plate({ value }, { short_words: words, postcode_areas: areas }) {
    const letters = value.replace(/[^a-z]/g, "").length;
    const [first, last] = [value.split(/[0-9]/)[0], value.split(/[0-9]/).at(-1)];
    const unit = /^(?:st|nd|rd|th|am|pm|mph|p|k|x|m|mm|cc|hrs|yrs|wd)$/.test(last);
    const road = ["a", "b", "m"].includes(first) && last === "";
    // The first half of a postcode: "CW11".
    const outward = last === "" && value.length - letters <= 2 && areas.includes(first);
    const length = within(value.length, 4, 7) && letters >= 2 && letters < value.length;
    return cuedIf(length && !outward && !unit && !road && !words.includes(first) && !words.includes(last));
  },

  /** Three letters, one of them I or Z, or two letters where one is, and a number. */
  northern_irish_vrm(candidate, table) {
    const letters = candidate.value.replace(/[^a-z]/g, "").length;
    const irish = /[iz]/.test(candidate.value) && (letters === 3 || candidate.capitals);
    const one = letters === 3 && candidate.value.length === 7 && candidate.value.includes("z") && candidate.capitals;
    if (one) return SURE;
    return irish ? oldVrm(candidate, table) : NO;
  },

  /** Surname, decade, month (50 more for women), day, year, initials, number, check letters. */
  driving_licence({ value }) {
    const [month, day] = [whole(value.slice(6, 8)), whole(value.slice(8, 10))];
    return sureIf(within(month % 50, 1, 12) && month <= 62 && within(day, 1, 31));
  },
};
