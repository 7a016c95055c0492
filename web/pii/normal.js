// A message as the rules read it: lower case, plain ASCII where there is a plain ASCII reading, and for
// every byte the place in the source that it came from.
//
// The text is a string of UTF-8 bytes, one a character, so that lengths and distances are the server's.
// Places in the source count UTF-16 units, as everything in the page does.

const encoder = new TextEncoder();
const bytes = (text) => Array.from(encoder.encode(text), (byte) => String.fromCharCode(byte)).join("");

/** The foldings of the table, by code point; "" for a character that is dropped. */
export function foldings(runs) {
  const read = new Map();
  for (const [first, run] of Object.entries(runs)) {
    Array.from(run).forEach((reading, nth) => {
      read.set(parseInt(first, 16) + nth, reading === "X" ? "" : reading);
    });
  }
  return read;
}

/** A text that is put together byte by byte. */
export class Normal {
  text = "";
  starts = [];
  ends = [];

  /** Folds case, width, look-alikes, foreign digits, dashes and spaces; drops what is not seen. */
  static fold(source, read) {
    const folded = new Normal();
    // A NUL stays in a text of ASCII alone, as on the server.
    const ascii = /^[\0-\x7f]*$/.test(source);
    let at = 0;
    for (const raw of source) {
      const end = at + raw.length;
      const code = raw.codePointAt(0);
      if (code < 128) {
        folded.push(code === 0 && !ascii ? " " : raw.toLowerCase(), at, end);
      } else {
        const plain = read.get(code);
        const lower = () => Array.from(raw.toLowerCase()).filter((c) => read.get(c.codePointAt(0)) !== "").join("");
        folded.push(plain ?? bytes(lower()), at, end);
      }
      at = end;
    }
    return folded;
  }

  push(text, start, end) {
    this.text += text;
    for (let nth = 0; nth < text.length; nth += 1) {
      this.starts.push(start);
      this.ends.push(end);
    }
  }

  /** Copies a part of another text as it is. */
  copy(other, from, to) {
    this.text += other.text.slice(from, to);
    for (let at = from; at < to; at += 1) {
      this.starts.push(other.starts[at]);
      this.ends.push(other.ends[at]);
    }
  }

  /** The source behind a range that is not empty: [start, end]. */
  source(from, to) {
    return [this.starts[from], this.ends[to - 1]];
  }

  /** Whether two neighbouring bytes stand side by side in the source; not where they were joined. */
  contiguous(at) {
    return this.ends[at - 1] === this.starts[at] || this.starts[at - 1] === this.starts[at];
  }
}
