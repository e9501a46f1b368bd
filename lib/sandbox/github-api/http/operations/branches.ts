import { createHash } from "node:crypto";
import type { Branch, BranchProtection } from "../../state/branches";
import { allowsPaidFeatures, upgradeNeeded } from "../../state/plan";
import type { Repository } from "../../state/repository";
import { Fields } from "../fields";
import { done, ok, param, type Answer, type Call, type Operation } from "../operation";
import { page } from "../page";
import { onRepository } from "../resolve";

const PROTECTION = "/branches/:branch/protection";
const SIGNATURES = `${PROTECTION}/required_signatures`;
const DOCS = "branches/branch-protection";

/** Branches, and the rules that protect them. */
export const branches: readonly Operation[] = [
  ...onRepository("GET", "/branches", "branches/branches#list-branches", list),
  ...onRepository("GET", PROTECTION, `${DOCS}#get-branch-protection`, (call, repository) =>
    ok(protectionShape(call, repository, repository.branches.protected(branchIn(call)))),
  ),
  ...onRepository("PUT", PROTECTION, `${DOCS}#update-branch-protection`, protect),
  ...onRepository("DELETE", PROTECTION, `${DOCS}#delete-branch-protection`, (call, repository) => {
    repository.branches.unprotect(branchIn(call));
    return done();
  }),
  // Signed commits are required of no branch here.
  ...onRepository("GET", SIGNATURES, `${DOCS}#get-commit-signature-protection`, (call, repository) => {
    const { name } = repository.branches.protected(branchIn(call));
    return ok({ url: `${protectionUrl(call, repository, name)}/required_signatures`, enabled: false });
  }),
  ...onRepository("DELETE", SIGNATURES, `${DOCS}#delete-commit-signature-protection`, (call, repository) => {
    repository.branches.protected(branchIn(call));
    return done();
  }),
];

const branchIn = (call: Call): string => param(call, "branch");

/** `protected=true` are those with rules of their own and those that a ruleset is in force for. */
function list(call: Call, repository: Repository): Answer {
  const wanted = call.query.get("protected");
  const { items, headers } = page(
    call,
    repository.branches.list().filter((branch) => wanted === null || isProtected(branch) === (wanted === "true")),
  );
  return { status: 200, headers, body: items.map((branch) => branchShape(call, repository, branch)) };
}

function protect(call: Call, repository: Repository): Answer {
  if (!allowsPaidFeatures(repository.entitlement)) throw upgradeNeeded();
  const branch = repository.branches.protect(branchIn(call), protectionIn(call.body));
  return ok(protectionShape(call, repository, branch));
}

/** Checks and restrictions are taken and forgotten: nothing here reads them. */
function protectionIn(body: unknown): BranchProtection {
  const fields = new Fields(body);
  const reviews = fields.isNull("required_pull_request_reviews")
    ? undefined
    : fields.optionalObject("required_pull_request_reviews");
  return {
    enforceAdmins: !fields.isNull("enforce_admins") && fields.boolean("enforce_admins"),
    conversationResolution: fields.optionalBoolean("required_conversation_resolution") ?? false,
    ...(reviews && {
      reviews: {
        approvals: reviews.optionalInteger("required_approving_review_count") ?? 1,
        dismissStale: reviews.optionalBoolean("dismiss_stale_reviews") ?? false,
        codeOwners: reviews.optionalBoolean("require_code_owner_reviews") ?? false,
        lastPush: reviews.optionalBoolean("require_last_push_approval") ?? false,
      },
    }),
  };
}

const isProtected = ({ protection, isRuled }: Branch): boolean => protection !== undefined || isRuled;

function branchShape(call: Call, repository: Repository, branch: Branch): object {
  const { name, protection } = branch;
  const sha = createHash("sha1").update(`${repository.fullName} ${name}`).digest("hex");
  return {
    name,
    commit: { sha, url: `${repositoryUrl(call, repository)}/commits/${sha}` },
    protected: isProtected(branch),
    protection: { enabled: protection !== undefined },
    protection_url: protectionUrl(call, repository, name),
  };
}

function protectionShape(call: Call, repository: Repository, { name, protection }: Branch): object {
  const url = protectionUrl(call, repository, name);
  const { reviews, enforceAdmins, conversationResolution } = protection ?? {
    enforceAdmins: false,
    conversationResolution: false,
  };
  return {
    url,
    ...(reviews && {
      required_pull_request_reviews: {
        url: `${url}/required_pull_request_reviews`,
        dismiss_stale_reviews: reviews.dismissStale,
        require_code_owner_reviews: reviews.codeOwners,
        require_last_push_approval: reviews.lastPush,
        required_approving_review_count: reviews.approvals,
      },
    }),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: enforceAdmins },
    required_conversation_resolution: { enabled: conversationResolution },
  };
}

const repositoryUrl = ({ links }: Call, { fullName }: Repository): string => `${links.api}/repos/${fullName}`;

const protectionUrl = (call: Call, repository: Repository, branch: string): string =>
  `${repositoryUrl(call, repository)}/branches/${encodeURIComponent(branch)}/protection`;
