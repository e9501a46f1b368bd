/**
 * What a rule accepts, and what it refuses with which words. The keys end the sentence "accepts …" or
 * "refuses …"; limits come in pairs.
 */
export interface RuleTable<T> {
  readonly accepts: Readonly<Record<string, T>>;
  readonly refuses: Readonly<Record<string, readonly [value: T, remedy: string]>>;
}

/** Makes a test of each line of a table. */
export function testRule<T>(
  subject: string,
  rule: (value: T) => string | undefined,
  { accepts, refuses }: RuleTable<T>,
): void {
  describe(subject, () => {
    test.each(Object.entries(accepts).map(([what, value]) => ({ what, value })))("accepts $what", ({ value }) => {
      expect(rule(value)).toBeUndefined();
    });
    test.each(Object.entries(refuses).map(([what, [value, remedy]]) => ({ what, value, remedy })))(
      "refuses $what",
      ({ value, remedy }) => {
        expect(rule(value)).toContain(remedy);
      },
    );
  });
}
