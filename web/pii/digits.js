// Runs of digits: every stretch of neighbouring groups that could be one number, whatever stands
// between the groups. It does not know what a number means.

/** The runs of digits that stand together in the source: spelled-out digits are groups of one. */
function groups(normal) {
  const found = [];
  for (let at = 0; at < normal.text.length; at += 1) {
    if (!/[0-9]/.test(normal.text[at])) continue;
    const last = found.at(-1);
    if (last?.end === at && normal.contiguous(at)) last.end = at + 1;
    else found.push({ start: at, end: at + 1 });
  }
  return found;
}

const TIGHT = /^(?:[ .\-_\t\n()]?| - |[).] | \(| dash | hyphen | um | erm? )$/;
const LOOSE = /^(?:[ .,\-/\t\r\n()]{1,3}|:|,? then |,? and then | then another | yeah | yeah and |(?: and)? then it goes | and again | and the rest(?: is)? | again,? then |,? and another | and second half | and the (?:second|other) half )$/;

/** Calls `each` with every window of up to `most` digits: its digits, its range, and whether a comma, a
 * slash or a wide gap stands between its groups. */
export function windows(normal, most, each) {
  const all = groups(normal);
  all.forEach(({ start }, first) => {
    let digits = "";
    let loose = false;
    let end = start;
    for (let nth = first; nth < all.length; nth += 1) {
      const group = all[nth];
      const gap = normal.text.slice(end, group.start);
      if (!TIGHT.test(gap)) {
        if (!LOOSE.test(gap)) break;
        loose = true;
      }
      if (digits.length + group.end - group.start > most) break;
      digits += normal.text.slice(group.start, group.end);
      end = group.end;
      each(digits, [start, end], loose);
    }
  });
}
