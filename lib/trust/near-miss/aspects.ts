import { formatContext, parseTemplatedContext } from "../../github/subject";
import { isTemplateKey } from "../../github/subject-template";

/**
 * What a value says, part by part: read leniently, since a value that stands in the way is often one that
 * GitHub never mints. Values of a policy may be patterns.
 */
export interface Aspects {
  readonly owner?: NameAndId;
  readonly repository?: NameAndId;
  readonly job?: JobAspect;
  /** What a subject of a customised template says beside the job, by claim; absent from GitHub's own form. */
  readonly claims?: Readonly<Record<string, string>>;
  /** File of a workflow, and the ref it was taken at. */
  readonly file?: string;
  readonly fileRef?: string;
}

export interface NameAndId {
  readonly name: string;
  readonly id: string | undefined;
  /** Both, as they stand in the value. */
  readonly text: string;
}

export interface JobAspect {
  /** `pattern` covers several kinds; `unknown` is none that GitHub mints. */
  readonly kind: "environment" | "branch" | "tag" | "pullRequest" | "mergeQueue" | "pattern" | "unknown";
  /** Of the environment, branch or tag; number of a pull request where it is said. */
  readonly name: string;
  readonly text: string;
}

/** Takes the value of a claim apart; of most claims there is nothing to say. */
export function aspectsOf(claim: string, value: string): Aspects {
  switch (claim) {
    case "sub":
      return subjectAspects(value);
    case "ref":
      return { job: refAspect(value, value) };
    case "environment":
      return { job: { kind: "environment", name: value, text: value } };
    case "repository":
      return repositoryAspects(value);
    case "job_workflow_ref":
      return workflowAspects(value);
    default:
      return {};
  }
}

/** @see https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims */
function subjectAspects(value: string): Aspects {
  const match = /^repo:([^/:]+)\/([^:/]*)(?::(.*))?$/s.exec(value);
  if (!match) return { job: { kind: "unknown", name: value, text: value } };
  const [, owner = "", repository = "", context] = match;
  const templated = context === undefined ? undefined : templatedAspects(context);
  if (templated) return { owner: nameAndId(owner), repository: nameAndId(repository), ...templated };
  // A "*" at the repository's end goes on over the colon.
  const rest: JobAspect =
    context === undefined
      ? { kind: repository.endsWith("*") ? "pattern" : "unknown", name: "", text: repository.endsWith("*") ? "*" : "" }
      : contextAspect(context);
  return { owner: nameAndId(owner), repository: nameAndId(repository), job: rest };
}

/** What stands behind the repository, where it is a job and claims that a template adds: no environment's name has a ":". */
function templatedAspects(text: string): Pick<Aspects, "job" | "claims"> | undefined {
  const { context, claims = {} } = parseTemplatedContext(text) ?? {};
  const names = Object.keys(claims);
  return context && names.length > 0 && names.every(isTemplateKey)
    ? { job: contextAspect(formatContext(context)), claims }
    : undefined;
}

function contextAspect(text: string): JobAspect {
  if (text === "pull_request") return { kind: "pullRequest", name: "", text };
  if (text.startsWith("environment:")) return { kind: "environment", name: text.slice("environment:".length), text };
  if (text.startsWith("ref:refs/heads/") || text.startsWith("ref:refs/tags/"))
    return refAspect(text.slice("ref:".length), text);
  return { kind: /[*?]/.test(text) ? "pattern" : "unknown", name: text, text };
}

function refAspect(ref: string, text: string): JobAspect {
  const [, kind, name = ""] = /^refs\/(heads|tags|pull)\/(.*)$/s.exec(ref) ?? [];
  if (kind === "tags") return { kind: "tag", name, text };
  if (kind === "pull") return { kind: "pullRequest", name: name.replace(/\/merge$/, ""), text };
  if (kind === "heads") return { kind: name.startsWith("gh-readonly-queue/") ? "mergeQueue" : "branch", name, text };
  return { kind: /[*?]/.test(ref) ? "pattern" : "unknown", name: ref, text };
}

function repositoryAspects(value: string): Aspects {
  const [owner, repository, ...rest] = value.split("/");
  return owner !== undefined && repository !== undefined && rest.length === 0
    ? { owner: nameAndId(owner), repository: nameAndId(repository) }
    : {};
}

/** @see https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-with-reusable-workflows */
function workflowAspects(value: string): Aspects {
  const match = /^([^/@]+)\/([^/@]+)\/\.github\/workflows\/([^@]+)@(.*)$/s.exec(value);
  if (!match) return {};
  const [, owner = "", repository = "", file = "", fileRef = ""] = match;
  return { owner: nameAndId(owner), repository: nameAndId(repository), file, fileRef };
}

function nameAndId(text: string): NameAndId {
  const at = text.indexOf("@");
  return at < 0 ? { name: text, id: undefined, text } : { name: text.slice(0, at), id: text.slice(at + 1), text };
}
