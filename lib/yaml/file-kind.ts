/** What a YAML file is, for the sentences that say what is wrong with it. */
export interface FileKind {
  /** With its article. */
  readonly one: string;
  readonly name: string;
  /** What to do with one that holds too much. */
  readonly split: string;
  /** Most characters that its aliases may add to it. */
  readonly maxBytes: number;
}

/** Largest access file: some ten thousand roles with their policies in it, or twice as many with policy files. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

export const ACCESS_FILE: FileKind = {
  one: "an access file",
  name: "access file",
  split: "split the file by account",
  maxBytes: MAX_FILE_BYTES,
};
