// One pass of the rule table over a text: candidates, cues, scores, neighbours, overlaps. It finds; what
// is done with what it found is the detector's.

import { CERTAIN, CHECKS, NEEDS_CUE, NO, SURE, national } from "./checks.js";
import { distance, meets, split } from "./cues.js";
import { windows } from "./digits.js";
import { ibans } from "./iban.js";

/** So many bytes around a value say nothing of it: "its ... ok". */
const ALONE_MAX = 16;
const BRIDGE_MAX = 24;
const BRIDGE = /^(?=[ ,.])[ ,:.']*(?:(?:at|yes|got|that|so|followed|by|and|in|account|acct?|ac|no|number|is|the|code|with|then|exp|expiry|expires|security|date|s|it|valid|sec|good|till?|until|to|on|back|strip|last|3|dated)[ ,:.']+)+(?<=[ :])$/;
/** What stands before a number that counts, and after one that does not. */
const BEFORE_COUNT = ["pay", "for", "of", "flat", "number", "no", "room", "bus", "ref", "the", "at", "about", "over", "paid", "owe",
  "least", "by", "route"];
const AFTER_CODE = ["and", "thx", "ta", "cheers", "but", "or", "so", "x", "then", "thanks", "pls", "please", "is", "if", "it", "thats", "on", "ok"];
const TOKEN_SCORE = 255;
/** Above what only a cue makes personal, below what is personal by itself. */
const PUBLIC_SCORE = 75;
/** A sort code and an account number side by side, or a postcode after an address, are surer than half of one read as
 * something else. */
const PAIR_SCORE = 78;
/** The same in pairs, and in one piece or few: "16-44-73 40081765", half of which may look like a telephone number with a cue. */
const WHOLE_PAIR_SCORE = 99;
/** "42 908 117". */
const IN_THREES = /^[0-9]{2}[^0-9][0-9]{3}[^0-9][0-9]{3}$/;
/** So far from each other the two may stand in a message. */
const OTHER_HALF_MAX = 64;
/** No value is longer, with what stands between its groups. */
const VALUE_MAX = 256;

/** A stretch of text that has the shape of a row; `value` is its letters and digits alone. */
class Candidate {
  constructor(pass, [start, end], value, loose) {
    const { source, normal } = pass;
    this.value = value;
    this.loose = loose;
    this.shape = normal.text.slice(start, end);
    this.source = source.slice(...normal.source(start, end));
    // A space where the two sides were joined, because they were spelled out, and where the text ends.
    const joined = (at) => at > 0 && at < normal.text.length && !normal.contiguous(at);
    this.before = joined(start) ? " " : normal.text[start - 1] ?? " ";
    this.after = joined(end) ? " " : normal.text[end] ?? " ";
    const digit = (at) => /[0-9]/.test(normal.text[at] ?? "");
    // Whether it is a part of digits that were said in one go.
    this.part = digit(start - 1) && digit(start) || digit(end) && digit(end - 1);
    this.alone = normal.text.length <= end - start + ALONE_MAX;
  }

  /** Typed without small letters. */
  get capitals() { return !/\p{Lowercase}/u.test(this.source); }
}

/** A finding of one pass is { kind, start, end, score }; kind is null for what is public, found so that
 * nothing else is. Ranges are those of the normal text until the overlaps are settled. */
export class Pass {
  #table;
  #rows;
  #byLength;
  #grammars;
  #cues;
  #own;
  #read;
  #hits = [];
  #pending = [];
  #hasLongCode = false;

  /** `rows` are those of the table, with their patterns compiled, and `byLength` those of a number of so
   * many digits; `own` are the council's contacts. */
  constructor(source, normal, { table, rows, byLength, cues, grammars }, own) {
    this.source = source;
    this.normal = normal;
    this.#table = table;
    this.#rows = rows;
    this.#byLength = byLength;
    this.#grammars = grammars;
    this.#cues = cues.find(normal.text);
    this.#own = own;
  }

  /** Findings in order, not overlapping, with their places in the source; and accounts that nothing names. */
  run() {
    for (const { start, end, cues } of this.#cues) {
      if (cues.has("TOKEN")) this.#hits.push({ kind: null, start, end, score: TOKEN_SCORE });
    }
    windows(this.normal, this.#table.digits_max, (digits, range, loose) => this.#window(digits, range, loose));
    const digits = this.normal.text.replace(/[^0-9]/g, "").length;
    for (const row of this.#rows) {
      if (row.pattern && digits >= row.shape.digits_least && this.#isPlaceFor(row)) this.#pattern(row);
    }
    this.#readWords();
    this.#preferWholeAccounts();
    for (const hit of this.#hits) {
      if (hit.kind === "EMAIL" && this.normal.text.slice(hit.start, hit.end).includes(" at ")) hit.start = this.#mailboxStart(hit.start);
    }
    this.#pairUp();
    return this.#settle();
  }

  /** Where a mailbox begins that is said, and of which so far is known what begins at `start`: "its big dave seven at ...",
   * where what stands before it is known, or nothing; "f for freddie dot ..."; "f a t i m a dot 22 at ...". */
  #mailboxStart(start) {
    const { text } = this.normal;
    const known = (word) => this.#table.words_before_mailbox.includes(word);
    const spelt = /(?<=^|[ '])(\S) for $/.exec(text.slice(0, start));
    let from = spelt?.[1] === text[start] ? spelt.index : start;
    while (/ [a-z] $/.test(text.slice(0, from)) && text[from + 1] === " ") from -= 2;
    for (let [begins, nth] = [from, 0]; nth < 4; nth += 1) {
      if (text[begins - 1] !== " ") return begins === 0 ? begins : from;
      const left = text.slice(0, begins - 1);
      const [word] = /[^ ']*$/.exec(left);
      const part = /^(?:[a-z]+|[0-9]{1,4})$/.test(word);
      if (!part || known(word) && !(word === "and" && nth === 0)) {
        const all = (known(word) || /[.,:;!?-]$/.test(left)) && !text.startsWith("and ", begins);
        return all ? begins : from;
      }
      begins = left.length - word.length;
    }
    return from;
  }

  #readWords() {
    this.#read = this.#grammars?.over(this.source, this.normal, this.#cues);
    for (const row of this.#rows) {
      const { grammar } = row.shape;
      const ranges = grammar === "ibans" ? ibans(this.normal.text, this.#table) : (grammar && this.#read?.find(grammar)) ?? [];
      for (const range of ranges) this.#judge(row, range, new Candidate(this, range, "", false));
    }
  }

  #window(digits, [start, end], loose) {
    const rows = this.#byLength[digits.length];
    if (rows.length === 0) return;
    // "+44 ...", "plus four four ..." and "(0113) ..." belong to the number.
    const text = this.normal.text.slice(start, end);
    const before = this.normal.text[start - 1];
    const bracket = before === "(" && text.includes(")") && !text.includes("(");
    const plus = text.startsWith("44") && this.normal.text.slice(0, start).endsWith("plus ") ? "plus ".length : 0;
    const range = [before === "+" || bracket ? start - 1 : start - plus, end];
    const candidate = new Candidate(this, range, digits, loose);
    for (const row of rows) if (this.#isPlaceFor(row)) this.#judge(row, range, candidate);
  }

  /** Whether the text has what a row wants somewhere, and nothing that it does not. */
  #isPlaceFor({ within, without }) {
    const said = (names) => this.#cues.some((hit) => meets(hit, names));
    return (within.length === 0 || said(within)) && (without.length === 0 || !said(without));
  }

  #pattern(row) {
    const find = row.pattern.over(this.normal.text);
    for (let found = find(0); found;) {
      const [start, end] = found;
      const value = this.normal.text.slice(start, end).replace(/[^0-9A-Za-z]/g, "");
      // After a rejected match, another may begin inside it.
      found = find(this.#judge(row, found, new Candidate(this, found, value, false)) ? end : start + 1);
    }
  }

  /** Scores a candidate; whether it was accepted. */
  #judge(row, range, candidate) {
    const verdict = CHECKS[row.check](candidate, this.#table);
    // "6609 1827 (08" of "6609 1827 (08-66-10)".
    const isCut = candidate.shape.includes("(") && !candidate.shape.includes(")");
    if (verdict === NO || isCut) return false;
    const near = (names, reach) => distance(this.#cues, names, range, reach);
    const cue = near(row.cues, row.reach);
    const veto = near(row.vetoes, row.reach);
    const nearer = veto !== null && (cue === null || veto < cue);
    // "is ... the right number for parking": somebody else's, whatever else is said.
    const asked = row.vetoes.includes("ASKED") && near(["ASKED"], row.reach) !== null;
    const vetoed = nearer || asked || row.strict && near(row.vetoes, [row.reach[0], 0]) !== null;
    const [start, end] = range;
    const hit = {
      kind: this.#own.has(row.kind, candidate) ? null : row.kind,
      start,
      end,
      // "4242 4242 4242 4242 11/28 737": one reading of ten with the date in it passes the check too, and is longer.
      score: row.kind === null ? PUBLIC_SCORE : score(verdict, cue) - Number(candidate.loose),
    };
    if (!vetoed && (verdict !== NEEDS_CUE || cue !== null)) {
      this.#hits.push(hit);
      return true;
    }
    // What stands beside it says more than a word further off.
    if (row.beside.length > 0) this.#pending.push({ ...hit, beside: row.beside, vetoed });
    return false;
  }

  /** Accepts candidates that stand directly beside what they belong to: a security code after a card, an
   * account number after a sort code. */
  #pairUp() {
    // An American Express card has a code of four figures.
    this.#hasLongCode = this.#hits.some(({ kind, start, end }) => kind === "CREDIT_CARD" && /^3(?:[^0-9]*[0-9]){14}$/.test(this.normal.text.slice(start, end)));
    this.#pending.sort((one, other) => one.start - other.start);
    this.#pairAccounts();
    // Twice: a security code may stand beside an expiry date that stands beside a card.
    for (let time = 0; time < 2; time += 1) {
      this.#hits.sort((one, other) => one.end - other.end);
      const beside = this.#pending.map((pending) => this.#hasNeighbour(pending));
      const found = this.#pending.filter((_, nth) => beside[nth]);
      this.#pending = this.#pending.filter((_, nth) => !beside[nth]);
      this.#hits.push(...found.map((hit) => (hit.kind === "UK_POSTCODE" ? { ...hit, score: PAIR_SCORE } : hit)));
    }
    this.#findOtherHalf("UK_SORT_CODE", "UK_BANK_ACCOUNT");
    this.#findOtherHalf("UK_BANK_ACCOUNT", "UK_SORT_CODE");
    this.#findOtherHalf("CREDIT_CARD", "CARD_EXPIRY");
    this.#findOtherHalf("CARD_EXPIRY", "CVV");
    this.#findOtherHalf("CREDIT_CARD", "CVV");
  }

  /** "account ... is 08 33 71 90, the sort 23 05 80": beside another sort code, the first six figures of an account are none;
   * and half of "acct for the deposit back is 5518 0346" is no security code. */
  #preferWholeAccounts() {
    const of = (wanted) => this.#hits.filter(({ kind }) => kind === wanted).sort((one, other) => one.start - other.start);
    const [codes, cvvs] = [of("UK_SORT_CODE"), of("CVV")];
    const several = new Set(codes.map(({ start, end }) => `${start} ${end}`)).size > 1;
    for (const hit of this.#hits) {
      const { kind, start, end } = hit;
      const holds = (parts) => beginning(parts, start, end).some((part) => part.end <= end);
      const isSurer = () => several && holds(codes) && isNear(codes, hit) || holds(cvvs);
      if (kind === "UK_BANK_ACCOUNT" && isSurer() && this.#isWhole(hit)) hit.score = Math.max(hit.score, PAIR_SCORE);
    }
  }

  /** Half of an account that has no cue, in a message with the other half ("pay 83301127 at barclays, sort code
   * 20-18-74"), a card's date ("... 0000 was refused, 06/28"), and its code ("... 02/27. Back, 829."). */
  #findOtherHalf(given, wanted) {
    const of = (wantedKind) => {
      const hits = this.#hits.filter(({ kind }) => kind === wantedKind);
      return [...new Map(hits.map((hit) => [`${hit.start} ${hit.end}`, hit])).values()].sort((one, other) => one.start - other.start);
    };
    // Six digits of an account, read as a sort code, are none.
    const found = (kind, other) => {
      const whole = of(other);
      return of(kind).filter(({ start, end }) => !beginning(whole, start - VALUE_MAX, start).some((over) => end <= over.end));
    };
    const known = found(given, wanted);
    let lacking = known.length - found(wanted, given).length;
    for (const pending of this.#pending) {
      // "40-17-65 was the old bank, its now 04-00-72".
      const another = wanted === "UK_SORT_CODE" && /^..-..-..$/.test(this.normal.text.slice(pending.start, pending.end));
      if (lacking <= 0 && !another || pending.vetoed || pending.kind !== wanted || !isNear(known, pending)) continue;
      if (!this.#isWhole(pending) && !this.#isSolidCode(pending)) continue;
      // Surer than six digits of an account, read as a sort code.
      this.#hits.push({ ...pending, score: PAIR_SCORE });
      lacking = Math.max(0, lacking - 1);
    }
  }

  /** Whether what is wanted stands by itself: an account in one piece or two, a sort code in pairs or said, and that is no
   * day; a date with its slash, or said. */
  #isWhole({ kind, start, end }) {
    const { text } = this.normal;
    if (/[0-9]/.test(text[start - 1] ?? "") || /[0-9]/.test(text[end] ?? "")) return false;
    if (kind === "CVV") return (end - start === 3 || end - start === 4 && this.#hasLongCode) && !/^[ .\-][0-9]/.test(text.slice(end, end + 2)) && !this.#isCounted(start, end);
    // "55779911", "5577 9911", "55 779 911", "55 77 99 11", "5 5 7 7 9 9 1 1".
    if (kind === "UK_BANK_ACCOUNT") return [8, 9, 11, 15].includes(end - start) || IN_THREES.test(text.slice(start, end));
    if (/NHS|PASSPORT|UTR/.test(kind)) return true;
    const isSaid = !/[0-9]/.test(this.source.slice(...this.normal.source(start, end)));
    if (kind === "CARD_EXPIRY") return isSaid || text.slice(start, end).includes("/");
    const digits = text.slice(start, end).replace(/[^0-9]/g, "");
    const [day, month] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4))];
    return (end - start === 8 || isSaid) && !(day >= 1 && day <= 31 && month >= 1 && month <= 12);
  }

  /** "Payment to 309411 please, acc 00417726": six digits, which do not go on and are no day. */
  #isSolidCode({ kind, start, end }) {
    const { text } = this.normal;
    const goesOn = /[0-9].?$/s.test(text.slice(Math.max(0, start - 2), start)) || /^.?[0-9]/s.test(text.slice(end, end + 2));
    const isDay = /^(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])/;
    const value = text.slice(start, end);
    return kind === "UK_SORT_CODE" && /^[0-9]{6}$/.test(value) && !isDay.test(value) && !goesOn;
  }

  /** Whether a number counts or orders what comes after it, or is a sum or a house's: "pay 120 for", "at 114 mill lane". */
  #isCounted(start, end) {
    const { text } = this.normal;
    const left = /[A-Za-z0-9]*$/.exec(text.slice(Math.max(0, start - 16), start).trimEnd())[0];
    const next = /^ ([A-Za-z0-9]+)/.exec(text.slice(end, end + 16));
    return BEFORE_COUNT.includes(left) || next !== null && !AFTER_CODE.includes(next[1]);
  }

  /** Whether hardly anything stands in a range of the text, or, `bridged`, what the second of two values is called. */
  #joined(from, to, bridged = true) {
    const gap = this.normal.text.slice(from, to);
    return gap === " and " || /^[ ,./\-;:(&\n"+]{1,4}$/.test(gap) || bridged && gap.length <= BRIDGE_MAX && BRIDGE.test(gap);
  }

  /** Whether an accepted finding of the wanted kinds ends just before a candidate. */
  #hasNeighbour({ start, beside, vetoed }) {
    const upto = split(this.#hits, (hit) => hit.end <= start);
    for (let at = upto - 1; at >= 0 && this.#hits[at].end + BRIDGE_MAX >= start; at -= 1) {
      const { kind, end } = this.#hits[at];
      const money = ["CREDIT_CARD", "CARD_EXPIRY", "UK_BANK_ACCOUNT"].includes(kind) || vetoed && kind === "UK_SORT_CODE";
      if (beside.includes(kind) && this.#joined(end, start, money)) return true;
    }
    return false;
  }

  /** Whether a sort code and an account that are said in one go are all of it, where a bank is spoken of. */
  #isBoth(start, end) {
    const { text } = this.normal;
    const digit = (at) => /[0-9]/.test(text[at] ?? "");
    const said = !/[0-9]/.test(this.source.slice(...this.normal.source(start, end)));
    const money = said || this.#cues.some((hit) => meets(hit, ["SORT_CODE", "BANK", "ACCOUNT"]));
    return end === start + 14 && !digit(start - 1) && !digit(end) && money;
  }

  /** A sort code and an account number that have no cue but each other. */
  #pairAccounts() {
    const numbers = this.#pending.filter(({ kind }) => kind === "UK_BANK_ACCOUNT");
    const found = new Map(this.#hits.filter(({ kind }) => kind === "UK_BANK_ACCOUNT").map((hit) => [hit.start, hit]));
    for (const code of this.#pending.filter(({ kind }) => kind === "UK_SORT_CODE")) {
      const { start, end } = code;
      const gaps = Array.from({ length: BRIDGE_MAX }, (_, nth) => end + nth + 1);
      const account = found.get(gaps.find((next) => found.has(next) && this.#joined(end, next)));
      if (account) {
        const score = pairScore(this.normal.text, code, account);
        account.score = Math.max(account.score, score);
        this.#hits.push({ ...code, score });
        continue;
      }
      const isBeside = (number) => {
        const first = number.end <= start;
        const [from, to] = first ? [number.end, start] : [end, number.start];
        // In one piece, or in two halves; "134020 63849203"; the other way round the code must be in pairs, or nothing else
        // there.
        const inPairs = end - start === 8 || this.normal.text.slice(from, to) === "/" || this.#isWhole(code);
        const length = number.end - number.start;
        const { text } = this.normal;
        const solid = end - start === 6 && length === 8
          && (!first || text.length <= 6 + 8 + ALONE_MAX || text.slice(from, to) === "\n");
        const whole = [8, 9].includes(length) || length === 11 && end - start === 8 || IN_THREES.test(text.slice(number.start, number.end));
        return (inPairs && whole || solid) && (this.#joined(from, to) || from === to && this.#isBoth(start, number.end));
      };
      const after = split(numbers, (pending) => pending.start < end);
      const before = split(numbers, (pending) => pending.end <= start) - 1;
      const number = [numbers[after], numbers[before]].find((near) => near && isBeside(near));
      if (number) {
        const score = pairScore(this.normal.text, code, number);
        const pair = [code, number].map((half) => ({ ...half, score }));
        this.#hits.push(...pair);
        found.set(number.start, pair[1]);
      }
    }
  }

  /** Resolves overlaps: the higher score, then the longer, then the earlier. */
  #settle() {
    const length = ({ start, end }) => end - start;
    // A helpline inside somebody's number is a part of that.
    const personal = this.#hits.filter(({ kind }) => kind !== null);
    const isPart = (hit) => personal.some((of) => of.start <= hit.start && hit.end <= of.end && length(of) > length(hit));
    this.#hits = this.#hits.filter((hit) => hit.score !== PUBLIC_SCORE || hit.kind !== null || !isPart(hit));
    this.#hits.sort((one, other) => other.score - one.score || length(other) - length(one) || one.start - other.start);
    const taken = new Uint8Array(this.normal.text.length);
    const left = this.#hits.filter(({ start, end }) => {
      if (taken.subarray(start, end).includes(1)) return false;
      taken.fill(1, start, end);
      return true;
    }).sort((one, other) => one.start - other.start);
    this.#read?.tag(left);
    left.sort((one, other) => one.start - other.start);
    return [this.#located(left), this.#located(this.#unnamed(left))];
  }

  /** Numbers that nothing names, which overlap no finding. */
  #unnamed(hits) {
    const isApart = ({ start, end }) => !hits.some((hit) => hit.start < end && start < hit.end);
    const pending = this.#pending.filter(({ vetoed }) => !vetoed);
    const candidates = pending.map((hit) => ({ ...hit, isWhole: this.#isWhole(hit), isCounted: this.#isCounted(hit.start, hit.end) }));
    return this.#read?.unnamed(candidates, isApart) ?? [];
  }

  #located(hits) {
    return hits.filter(({ kind }) => kind !== null).map(({ kind, start: from, end: to }) => {
      const [start, end] = this.normal.source(from, to);
      return { kind, start, end };
    });
  }
}

/** Of a sort code and its account. */
function pairScore(text, code, account) {
  const value = ({ start, end }) => text.slice(start, end);
  const isWhole = /^(?:[0-9]{8}|[0-9]{4}[^0-9][0-9]{4})$/.test(value(account)) || IN_THREES.test(value(account));
  return /^[0-9]{2}[^0-9][0-9]{2}[^0-9][0-9]{2}$/.test(value(code)) && isWhole ? WHOLE_PAIR_SCORE : PAIR_SCORE;
}

/** Those that begin from here to there; all that overlap something are among few, and the time stays linear. */
const beginning = (hits, from, to) => hits.slice(split(hits, ({ start }) => start < from), split(hits, ({ start }) => start <= to));

/** Whether one of the hits ends or begins so near that the two may be halves of an account. */
const isNear = (hits, { start, end }) =>
  beginning(hits, start - OTHER_HALF_MAX - VALUE_MAX, end + OTHER_HALF_MAX).some((one) => {
    const gap = one.end <= start ? start - one.end : one.start - end;
    return gap >= 0 && gap <= OTHER_HALF_MAX;
  });

/** Certain by the check alone; then a check and a cue; then a check alone; then a shape with a cue, the
 * nearer the surer; last a shape that only has a neighbour. */
function score(verdict, cue) {
  if (verdict === CERTAIN) return 100;
  const alone = verdict === SURE ? 80 : 50;
  return cue === null ? alone : alone + 10 + 9 - Math.min(9, Math.floor(cue / 5));
}

/** The council's own telephone numbers ("03069 990 000") and mail addresses or domains
 * ("@council.example"): in whatever spacing they are typed, they are nobody's personal data. */
export class OwnContacts {
  #numbers;
  #mail;

  constructor(contacts) {
    const isMail = (contact) => contact.includes("@");
    this.#mail = contacts.filter(isMail).map((contact) => contact.toLowerCase());
    this.#numbers = contacts.filter((contact) => !isMail(contact)).map((contact) => {
      const digits = contact.replace(/[^0-9]/g, "");
      return national(digits) ?? digits;
    });
  }

  has(kind, { value, shape }) {
    if (kind === "PHONE") return this.#numbers.includes(national(value) ?? value);
    if (kind !== "EMAIL" || this.#mail.length === 0) return false;
    const plain = shape.replaceAll(" dot ", ".").replaceAll(" at ", "@");
    const host = plain.split("@").at(-1);
    return this.#mail.some((own) => (own.startsWith("@") ? `.${host}`.endsWith(`.${own.slice(1)}`) : own === plain));
  }
}
