// Regular expressions of bounded length in linear time. The patterns of the rule table are written for
// an engine that never tries a thing twice. RegExp does, a quarter of a million times for one run of
// digits: a page would stand still for seconds, and nobody who adds a row should have to think of it.
//
// It knows what the table uses: bytes, [classes], (?:groups), |, ?, {n}, {m,n} and \b, all greedy, and
// matches what RegExp would. Texts are strings of bytes.

const WORD = Uint8Array.from({ length: 256 }, (_, byte) => Number(/[0-9A-Za-z_]/.test(String.fromCharCode(byte))));

/** The syntax tree of a pattern: { set }, { edge }, { all: [...] }, { any: [...] }, { of, least, most }. */
function parse(pattern) {
  let at = 0;
  const fault = (what) => new Error(`the pattern ${pattern} has ${what} at ${at}`);
  const take = (token) => pattern.startsWith(token, at) && (at += token.length) > 0;

  function one(byte) {
    const set = new Uint8Array(256);
    set[byte.charCodeAt(0)] = 1;
    return { set };
  }

  function choice() {
    const any = [sequence()];
    while (take("|")) any.push(sequence());
    return any.length > 1 ? { any } : any[0];
  }

  function sequence() {
    const all = [];
    while (at < pattern.length && !"|)".includes(pattern[at])) all.push(repeated(atom()));
    return { all };
  }

  function repeated(of) {
    if (take("?")) return { of, least: 0, most: 1 };
    if (!take("{")) return of;
    const [whole, least, most = least] = /^(\d+)(?:,(\d+))?\}/.exec(pattern.slice(at)) ?? [];
    if (!whole) throw fault("an open repetition");
    at += whole.length;
    return { of, least: Number(least), most: Number(most) };
  }

  function atom() {
    if (take("(?:")) {
      const inner = choice();
      if (!take(")")) throw fault("an open group");
      return inner;
    }
    if (take("[")) return oneOf();
    if (take("\\b")) return { edge: true };
    const escaped = take("\\");
    const sign = pattern[at];
    if (sign === undefined || (escaped ? /\w/ : /[.(*+^$]/).test(sign)) throw fault("an unknown sign");
    at += 1;
    return one(sign);
  }

  function oneOf() {
    const set = new Uint8Array(256);
    if (take("^")) throw fault("an unknown sign");
    while (!take("]")) {
      const escaped = take("\\");
      if (at >= pattern.length) throw fault("an open class");
      const first = escaped && pattern[at] === "n" ? 10 : pattern.charCodeAt(at);
      at += 1;
      const range = pattern[at] === "-" && pattern[at + 1] !== "]";
      const last = range ? pattern.charCodeAt(at + 1) : first;
      if (range) at += 2;
      set.fill(1, first, last + 1);
    }
    return { set };
  }

  const tree = choice();
  if (at < pattern.length) throw fault("a bracket too many");
  return tree;
}

/** The tree as steps: { set }, { edge }, { to }, and { other, nth }: go on, or else from `other`. */
function compile(tree) {
  const steps = [];
  let forks = 0;
  const fork = () => steps[steps.push({ other: 0, nth: forks++ }) - 1];

  function emit(node) {
    if (node.all) {
      node.all.forEach(emit);
    } else if (node.any) {
      const ends = node.any.slice(0, -1).map((branch) => {
        const left = fork();
        emit(branch);
        const end = steps[steps.push({ to: 0 }) - 1];
        left.other = steps.length;
        return end;
      });
      emit(node.any.at(-1));
      for (const end of ends) end.to = steps.length;
    } else if (node.of) {
      const skips = [];
      for (let time = 0; time < node.most; time += 1) {
        if (time >= node.least) skips.push(fork());
        emit(node.of);
      }
      for (const skip of skips) skip.other = steps.length;
    } else {
      steps.push(node);
    }
  }

  emit(tree);
  steps.push({ end: true });
  return { steps, forks };
}

export class Pattern {
  #steps;
  #forks;
  #first = new Uint8Array(256);

  constructor(pattern) {
    ({ steps: this.#steps, forks: this.#forks } = compile(parse(pattern)));
    this.#begin(0);
  }

  /** Notes the bytes that a match can begin with. */
  #begin(step) {
    const { set, edge, to, other } = this.#steps[step];
    if (set) set.forEach((member, byte) => { this.#first[byte] |= member; });
    else if (edge) this.#begin(step + 1);
    else if (to !== undefined) this.#begin(to);
    else if (other !== undefined) [step + 1, other].forEach((next) => this.#begin(next));
    else this.#first.fill(1);
  }

  /**
   * Searches a text: gives a function from a position to the first match at or after it, as
   * [start, end], or nothing. What failed once is remembered for the whole text.
   */
  over(text) {
    const steps = this.#steps;
    const width = text.length + 1;
    const failed = new Uint8Array((this.#forks * width >> 3) + 1);
    const word = (at) => (at >= 0 && at < text.length ? WORD[text.charCodeAt(at)] : 0);

    function run(step, at) {
      for (;;) {
        const { set, edge, to, other, nth } = steps[step];
        if (set) {
          if (at >= text.length || !set[text.charCodeAt(at)]) return -1;
          at += 1;
          step += 1;
        } else if (edge) {
          if (word(at - 1) === word(at)) return -1;
          step += 1;
        } else if (to !== undefined) {
          step = to;
        } else if (other !== undefined) {
          const place = nth * width + at;
          if (failed[place >> 3] & 1 << (place & 7)) return -1;
          let end = run(step + 1, at);
          if (end < 0) end = run(other, at);
          if (end < 0) failed[place >> 3] |= 1 << (place & 7);
          return end;
        } else {
          return at;
        }
      }
    }

    return (from) => {
      for (let start = from; start < text.length; start += 1) {
        if (!this.#first[text.charCodeAt(start)]) continue;
        const end = run(0, start);
        if (end >= 0) return [start, end];
      }
      return null;
    };
  }
}
