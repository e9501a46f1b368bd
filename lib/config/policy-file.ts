import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { identityPolicyProblems, type PolicyDocument } from "../aws/policy-document";
import { quote } from "./problem";

/** Larger than any policy that IAM stores, with room for white space. */
const MAX_POLICY_BYTES = 100 * 1024;

/** A policy document, or what keeps the file or value from being one. */
export type PolicyResult = { readonly document: PolicyDocument } | { readonly problems: readonly string[] };

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
    if (typeof source !== "string") return checked(source, "");
    const known = this.read.get(source);
    if (known) return known;
    const result = this.loadFile(source);
    this.read.set(source, result);
    return result;
  }

  private loadFile(name: string): PolicyResult {
    const where = `policy file ${quote(name)}`;
    if (path.isAbsolute(name) || name.includes("\0")) return { problems: [`${where}: use a path relative to the access file`] };
    const file = path.resolve(this.root, name);
    if (!isBelow(this.root, file)) return { problems: [`${where}: the path leaves the folder of the access file, move the policy into it`] };
    try {
      if (!isBelow(realpathSync(this.root), realpathSync(file))) return { problems: [`${where}: the link leaves the folder of the access file, move the policy into it`] };
      return parsePolicy(readSmallFile(file), where);
    } catch (error) {
      return { problems: [`${where}: ${fileError(error)}`] };
    }
  }
}

const isBelow = (folder: string, file: string): boolean => {
  const relative = path.relative(folder, file);
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
};

function readSmallFile(file: string): string {
  const stat = statSync(file);
  // A pipe would be waited for without end.
  if (!stat.isFile()) throw new RangeError(`it is ${stat.isDirectory() ? "a folder" : "no regular file"}: name a JSON file`);
  if (stat.size > MAX_POLICY_BYTES) throw new RangeError(`it has ${stat.size} bytes: IAM stores no policy that large`);
  return readFileSync(file, "utf8");
}

function parsePolicy(text: string, where: string): PolicyResult {
  try {
    return checked(JSON.parse(text.replace(/^\uFEFF/, "")), `${where}: `);
  } catch (error) {
    return { problems: [`${where} is not JSON: ${(error as Error).message.split("\n", 1)[0]}`] };
  }
}

function checked(document: unknown, where: string): PolicyResult {
  const problems = identityPolicyProblems(document).map((problem) => `${where}${problem.where ? `${problem.where}: ` : ""}${problem.message}`);
  return problems.length > 0 ? { problems } : { document: document as PolicyDocument };
}

function fileError(error: unknown): string {
  if (error instanceof RangeError) return error.message;
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
      return "there is no such file: create it, or correct the path";
    case "EACCES":
      return "it may not be read: change its permissions";
    default:
      return `it cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"})`;
  }
}
