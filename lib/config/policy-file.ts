import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { identityPolicyProblems, type PolicyDocument } from "../aws/policy-document";
import { placeholderProblems } from "./placeholders";
import { quote, type Path } from "../yaml/problem";

/** Larger than any policy that IAM stores, with room for white space. */
const MAX_POLICY_BYTES = 100 * 1024;

/** Something that keeps a file or value from being a policy. */
export interface DocumentProblem {
  /** Where in the document; nowhere for a file, whose lines are its own. */
  readonly where: Path;
  readonly message: string;
}

/** A policy document, or what keeps the file or value from being one. */
export type PolicyResult =
  | { readonly document: PolicyDocument; readonly hasPlaceholders: boolean }
  | { readonly problems: readonly DocumentProblem[] };

/** Reads policy files below one folder; each file once. */
export class PolicyFiles {
  private readonly read = new Map<string, PolicyResult>();
  private readonly root: string;

  /** @param root the folder of the access file: no path may leave it. */
  constructor(root: string) {
    this.root = path.resolve(root);
  }

  /** A document from a file's path, or checked as it was given. */
  load(source: string | object): PolicyResult {
    if (typeof source !== "string") return fromValue(source);
    const known = this.read.get(source);
    if (known) return known;
    const result = this.loadFile(source);
    this.read.set(source, result);
    return result;
  }

  private loadFile(name: string): PolicyResult {
    const where = `policy file ${quote(name)}`;
    if (path.isAbsolute(name) || name.includes("\0")) return failed(`${where}: use a path relative to the access file`);
    const file = path.resolve(this.root, name);
    if (!isBelow(this.root, file))
      return failed(`${where}: the path leaves the folder of the access file, move the policy into it`);
    try {
      if (!isBelow(realpathSync(this.root), realpathSync(file)))
        return failed(`${where}: the link leaves the folder of the access file, move the policy into it`);
      return fromText(readSmallFile(file), where);
    } catch (error) {
      return failed(`${where}: ${fileError(error)}`);
    }
  }
}

const failed = (message: string): PolicyResult => ({ problems: [{ where: [], message }] });

const isBelow = (folder: string, file: string): boolean => {
  const relative = path.relative(folder, file);
  return relative !== "" && relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
};

function readSmallFile(file: string): string {
  const stat = statSync(file);
  // A pipe would be waited for without end.
  if (!stat.isFile())
    throw new RangeError(`it is ${stat.isDirectory() ? "a folder" : "no regular file"}: name a JSON file`);
  if (stat.size > MAX_POLICY_BYTES)
    throw new RangeError(`it has ${stat.size} bytes: shorten it, IAM stores no policy that large`);
  return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
}

function fromText(text: string, where: string): PolicyResult {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return failed(`${where} is not JSON (${jsonError(error as Error, text)}): correct the file`);
  }
  const result = checked(document, text);
  return "document" in result
    ? result
    : { problems: result.problems.map(({ message }) => ({ where: [], message: `${where}: ${message}` })) };
}

/** What Node.js says of a text that is not JSON, with line and column where it tells the place. */
function jsonError({ message }: Error, text: string): string {
  const [, problem = message, offset] = /^(.*?)(?: in JSON)? at position ([0-9]+)/s.exec(message) ?? [];
  if (offset === undefined) return problem.split("\n", 1)[0] ?? "";
  const before = text.slice(0, Number(offset)).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${problem}`;
}

/** A document that stands in the access file, or was written in TypeScript. */
function fromValue(document: object): PolicyResult {
  try {
    return checked(document, JSON.stringify(document));
  } catch {
    return failed("it is no JSON data: write it as a plain object");
  }
}

function checked(document: unknown, text: string): PolicyResult {
  if (text.length > MAX_POLICY_BYTES)
    return failed(`it has ${text.length} characters: shorten it, IAM stores no policy that large`);
  if (text.includes("{TfToken[")) return failed('remove "{TfToken[": it is a mark of cdktf\'s own');
  // Of the document and not of the file: an escaped brace is one as well.
  const compact = JSON.stringify(document);
  const problems = [
    ...identityPolicyProblems(document).map(({ where, message }) => ({
      where: pathOf(where),
      message: `${where ? `${where}: ` : ""}${message}`,
    })),
    ...placeholderProblems(compact).map((message) => ({ where: [], message })),
  ];
  return problems.length > 0
    ? { problems }
    : { document: document as PolicyDocument, hasPlaceholders: compact.includes("{{") };
}

/** `Statement[0].Action` as a path. */
const pathOf = (where: string): Path =>
  (where.match(/[^.[\]]+/g) ?? []).map((part) => (/^[0-9]+$/.test(part) ? Number(part) : part));

function fileError(error: unknown): string {
  if (error instanceof RangeError) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
      return "there is no such file: create it, or correct the path";
    case "EACCES":
      return "it may not be read: change its permissions";
    case "ERR_ENCODING_INVALID_ENCODED_DATA":
      return "it is not text in UTF-8: save it as such";
    default:
      return `it cannot be read (${code ?? "unknown error"}): correct the path`;
  }
}
