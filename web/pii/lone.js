// A message that is an account number or a sort code and nothing else: "yes 77301925".

/** What it is and where, as a list of at most one. */
export function loneAccount(normal, source, { words_beside: beside }) {
  const words = Array.from(normal.text.matchAll(/[0-9A-Za-z]+/g));
  const known = ([word]) => beside.includes(word);
  while (words.length > 1 && known(words[0])) words.shift();
  while (words.length > 1 && known(words.at(-1))) words.pop();
  if (words.length === 0) return [];
  const end = words.at(-1).index + words.at(-1)[0].length;
  const value = normal.text.slice(words[0].index, end);
  const [from, to] = normal.source(words[0].index, end);
  const text = source.slice(from, to);
  const said = !/[0-9]/.test(text);
  const isDay = /^(?:0[1-9]|[12][0-9]|3[01])[ -]?(?:0[1-9]|1[0-2])/.test(value);
  const isDate = isDay && /^....(?:19|20)/.test(value) || /^(?:19|20)..(?:0[1-9]|1[0-2])/.test(value);
  const years = value.split(/[ -]/).every((group) => group >= 1990 && group <= 2040);
  let kind = null;
  if (/^[0-9]{8}$/.test(value) && (said || text.length === 8) && !isDate) kind = "UK_BANK_ACCOUNT";
  else if (/^[0-9]{4}[ -][0-9]{4}$/.test(value) && !years) kind = "UK_BANK_ACCOUNT";
  else if (!isDay && !/^([0-9])(?:\1|[ -])*$/.test(value) && /^[0-9]{2}([ -]?)[0-9]{2}[ -]?[0-9]{2}$/.test(value)) kind = "UK_SORT_CODE";
  return kind ? [{ kind, start: from, end: to, lone: true }] : [];
}
