import type { JobAspect } from "./aspects";
import { quote } from "./words";

/** What a value means, in plain words: `branch "main"`. */
export function jobInWords({ kind, name }: JobAspect): string {
  switch (kind) {
    case "environment":
      return `environment ${quote(name)}`;
    case "branch":
      return `branch ${quote(name)}`;
    case "tag":
      return `tag ${quote(name)}`;
    case "pullRequest":
      return name === "" ? "a pull request" : `pull request ${name}`;
    case "mergeQueue":
      return "the merge queue";
    case "pattern":
    case "unknown":
      return quote(name);
  }
}
