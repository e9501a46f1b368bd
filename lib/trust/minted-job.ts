import { SESSION_NAME_KEY } from "../aws/condition-keys";
import type { TokenClaims } from "../github/claims";
import { jobProblems, type GithubJob } from "../github/job";
import { mintClaims } from "../github/token";
import type { WrittenToken } from "./token-search";

/** A job of GitHub's, its token, and what it calls its session. */
export interface MintedJob {
  readonly job: GithubJob;
  readonly claims: TokenClaims;
  readonly sessionName: string;
}

/** When the tokens of examples are minted: it makes no difference, and the same example is the same every day. */
const ISSUED_AT = 1_767_225_600;

/**
 * The job that a written token is of; `undefined` where GitHub would mint another token for it, or none.
 *
 * @param issuer with `https://`
 */
export function mintedJob(token: WrittenToken, issuer: string): MintedJob | undefined {
  // Half a character cannot stand in a token.
  if ([...token.texts.values()].some((text) => /\p{Surrogate}/u.test(text))) return undefined;
  const job = jobOf(token, issuer);
  if (jobProblems(job).length > 0) return undefined;
  const claims = mintedClaims(job);
  const isSame =
    claims !== undefined &&
    [...token.texts].every(([name, text]) => !(name in claims) || claims[name as keyof TokenClaims] === text);
  return isSame ? { job, claims, sessionName: token.texts.get(SESSION_NAME_KEY) ?? "GitHubActions" } : undefined;
}

/** A template may ask for a claim that the job's token lacks. */
function mintedClaims(job: GithubJob): TokenClaims | undefined {
  try {
    return mintClaims(job);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function jobOf({ texts, notes }: WrittenToken, issuer: string): GithubJob {
  const text = (name: string): string | undefined => texts.get(name);
  const template = notes.flatMap((each) => (each.startsWith("template ") ? [each.slice("template ".length)] : []));
  const enterpriseId = text("enterprise_id");
  return {
    issuer,
    issuedAt: ISSUED_AT,
    repository: text("repository") ?? "",
    ...optional("ownerId", text("repository_owner_id")),
    ...optional("repositoryId", text("repository_id")),
    immutableSubject: notes.includes("immutable"),
    ...optional("environment", text("environment")),
    ...runsOn(texts, notes),
    ...optional("workflow", text("workflow")),
    ...workflowOf(texts, notes),
    ...optional("actor", text("actor")),
    ...optional("actorId", text("actor_id")),
    ...optional("audience", text("aud")),
    ...(enterpriseId === undefined ? {} : { enterprise: { slug: "enterprise", id: enterpriseId } }),
    ...(template.length === 0 ? {} : { subjectTemplate: template }),
  };
}

const optional = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, string>);

function runsOn(
  texts: ReadonlyMap<string, string>,
  notes: readonly string[],
): Pick<GithubJob, "branch" | "tag" | "pullRequest" | "mergeQueue"> {
  if (notes.includes("pullRequest")) return { pullRequest: Number(texts.get("number")) };
  if (notes.includes("tag")) return { tag: texts.get("tag") ?? "" };
  const branch = texts.get("branch") ?? "";
  const [, base, entry] = /^gh-readonly-queue\/(.+)\/(pr-[^/]+)$/.exec(branch) ?? [];
  return base === undefined || entry === undefined ? { branch } : { mergeQueue: { base, entry } };
}

function workflowOf(
  texts: ReadonlyMap<string, string>,
  notes: readonly string[],
): Pick<GithubJob, "workflowFile" | "reusableWorkflow"> {
  const reference = texts.get("job_workflow_ref");
  if (notes.includes("called workflow")) return optional("reusableWorkflow", reference);
  return optional("workflowFile", /\/\.github\/workflows\/([^/@]+)@/.exec(reference ?? "")?.[1]);
}
