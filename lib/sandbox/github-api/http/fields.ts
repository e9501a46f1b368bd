import { invalid, Refusal } from "../state/refusal";

/** A JSON object as it arrived. */
type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a request body field by field and complains as GitHub does.
 * An optional field that is absent is undefined; null counts as a value and has to be allowed.
 */
export class Fields {
  private readonly json: Json;

  constructor(body: unknown) {
    if (typeof body !== "object" || body === null || Array.isArray(body))
      throw new Refusal("unreadable", "Body should be a JSON object");
    this.json = body as Json;
  }

  /** Refuses every field but these. */
  permit(...names: readonly string[]): this {
    const stranger = Object.keys(this.json).find((name) => !names.includes(name));
    if (stranger !== undefined) throw complaint(`"${stranger}" is not a permitted key.`);
    return this;
  }

  has(name: string): boolean {
    return this.json[name] !== undefined;
  }

  isNull(name: string): boolean {
    return this.json[name] === null;
  }

  string(name: string): string {
    return this.required(name, this.optionalString(name));
  }

  boolean(name: string): boolean {
    return this.required(name, this.optionalBoolean(name));
  }

  integer(name: string): number {
    return this.required(name, this.optionalInteger(name));
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    return this.required(name, this.optionalOneOf(name, values));
  }

  optionalString(name: string): string | undefined {
    return this.optional(name, "a string", (value) => typeof value === "string");
  }

  optionalBoolean(name: string): boolean | undefined {
    return this.optional(name, "a boolean", (value) => typeof value === "boolean");
  }

  optionalInteger(name: string): number | undefined {
    return this.optional(name, "an integer", isInteger);
  }

  optionalStrings(name: string): string[] | undefined {
    return this.optional(name, "an array of strings", (value): value is string[] => isArrayOf(value, isString));
  }

  optionalIntegers(name: string): number[] | undefined {
    return this.optional(name, "an array of integers", (value): value is number[] => isArrayOf(value, isInteger));
  }

  optionalOneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    return this.optional(name, `one of ${values.join(", ")}`, (value): value is T =>
      values.some((one) => one === value),
    );
  }

  /** A nested object. */
  optionalObject(name: string): Fields | undefined {
    const value = this.json[name];
    return value === undefined ? undefined : new Fields(value);
  }

  /** A list of nested objects. */
  optionalObjects(name: string): Fields[] | undefined {
    return this.optional(name, "an array", Array.isArray)?.map((item) => new Fields(item));
  }

  private optional<T>(name: string, what: string, is: (value: unknown) => value is T): T | undefined {
    const value = this.json[name];
    if (value === undefined || is(value)) return value;
    // The value stays out of the message: it may be a secret that was sent in the wrong place.
    throw complaint(`For 'properties/${name}', ${value === null ? "nil" : typeof value} is not ${what}.`);
  }

  private required<T>(name: string, value: T | undefined): T {
    if (value === undefined) throw complaint(`"${name}" wasn't supplied.`);
    return value;
  }
}

const complaint = (sentence: string): Refusal => invalid(`Invalid request.\n\n${sentence}`);

const isString = (value: unknown): value is string => typeof value === "string";

const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);

const isArrayOf = <T>(value: unknown, is: (item: unknown) => item is T): value is T[] =>
  Array.isArray(value) && value.every(is);
