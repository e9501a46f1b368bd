/** Most answers that are kept: what comes from outside must not fill the memory. */
const MOST = 50_000;

/** A function that answers each question once, as long as they are not too many. */
export function remembered<Q, A>(answer: (question: Q) => A): (question: Q) => A {
  const known = new Map<Q, A>();
  return (question) => {
    const before = known.get(question);
    if (before !== undefined || known.has(question)) return before as A;
    if (known.size >= MOST) known.clear();
    const found = answer(question);
    known.set(question, found);
    return found;
  };
}
