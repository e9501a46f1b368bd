/** Makes a test whether a text is one of those given. */
export function oneOf(texts: Iterable<string>): (text: string) => boolean {
  const all = new Set(texts);
  const [only] = all;
  // Nearly every list has one entry: comparing is then quicker than hashing.
  return all.size === 1 ? (text) => text === only : (text) => all.has(text);
}
