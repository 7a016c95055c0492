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

const TIGHT = /^(?:[ .\-_\t\n()]?| - |[).] | \(| dash | hyphen )$/;
const LOOSE = /^(?! \/ )(?:[ .,\-/\t\r\n()]{1,3}|:)$/;
/** Words that lead from one group to the next, or back to what is put right. */
const ON = /^(?=[ ,])[ ,.']*(?:(?:and|then|another|again|its?|goes|the|rest|is|are|second|half|other|first|last|four|next|bit|lot|that|s|got|ok|right|so|finally|ends|ending|finishes|with|followed|by|all|zeros|hang|hold|on|yeah|yes|um|er)[ ,.']+)+(?<= )$/;
const BACK = /^(?=[ ,])[ ,.']*(?:no|sorry|pardon|oops)[ ,.']+(?:(?:no|sorry|pardon|oops|wait|hang|hold|on|tell|a|lie|i)[ ,.']+)*(?<= )$/;
const SAID_MAX = 40;
const said = (gap, words) => gap.length <= SAID_MAX && words.test(gap);

/** How many digits stay when some are said again, from group `at` on: "0400 44, no, 45". What is said again begins like what it
 * replaces. */
function kept(digits, text, groups, at, most) {
  let again = "";
  for (let nth = at; nth < groups.length; nth += 1) {
    const { start, end } = groups[nth];
    if (nth > at && !TIGHT.test(text.slice(groups[nth - 1].end, start)) || again.length + end - start > most) break;
    again += text.slice(start, end);
  }
  let [best, alike] = [digits.length, -1];
  for (let from = Math.max(0, digits.length - again.length); from < digits.length; from += 1) {
    let same = 0;
    while (from + same < digits.length && digits[from + same] === again[same]) same += 1;
    if (same > alike) [best, alike] = [from, same];
  }
  return best;
}

/** Calls `each` with every window of up to `most` digits: its digits, its range, and whether a comma, a
 * slash, a wide gap or more than a pause stands between its groups. */
export function windows(normal, most, each) {
  const { text } = normal;
  const all = groups(normal);
  all.forEach(({ start }, first) => {
    let digits = "";
    let loose = false;
    let corrected = false;
    let end = start;
    for (let nth = first; nth < all.length; nth += 1) {
      const group = all[nth];
      const gap = text.slice(end, group.start);
      if (nth > first && !TIGHT.test(gap)) {
        if (LOOSE.test(gap) || said(gap, ON)) loose = true;
        // Once, so that a window ends.
        else if (!corrected && said(gap, BACK)) {
          corrected = true;
          digits = digits.slice(0, kept(digits, text, all, nth, most));
        } else break;
      }
      if (digits.length + group.end - group.start > most) break;
      digits += text.slice(group.start, group.end);
      end = group.end;
      each(digits, [start, end], loose);
    }
  });
}
