import type { Account } from "../../state/account";
import type { Repository } from "../../state/repository";
import { Fields } from "../fields";
import { created, ok, type Answer, type Call, type Operation } from "../operation";
import { onOrganization, onRepository } from "../resolve";

const PATH = "/actions/oidc/customization/sub";
const DOCS = "actions/oidc";

/** The templates of the `sub` claim. */
export const subjects: readonly Operation[] = [
  ...onOrganization(
    "GET",
    PATH,
    `${DOCS}#get-the-customization-template-for-an-oidc-subject-claim-for-an-organization`,
    getOrganization,
  ),
  ...onOrganization(
    "PUT",
    PATH,
    `${DOCS}#set-the-customization-template-for-an-oidc-subject-claim-for-an-organization`,
    putOrganization,
  ),
  ...onRepository(
    "GET",
    PATH,
    `${DOCS}#get-the-customization-template-for-an-oidc-subject-claim-for-a-repository`,
    getRepository,
  ),
  ...onRepository(
    "PUT",
    PATH,
    `${DOCS}#set-the-customization-template-for-an-oidc-subject-claim-for-a-repository`,
    putRepository,
  ),
];

function getOrganization({ state }: Call, { subject }: Account): Answer {
  const { includeClaimKeys, useImmutableSubject = false } = subject;
  return ok({
    include_claim_keys: includeClaimKeys,
    ...(state.flavour === "github.com" && { use_immutable_subject: useImmutableSubject }),
  });
}

function putOrganization(call: Call, owner: Account): Answer {
  const fields = new Fields(call.body);
  const includeClaimKeys = fields.optionalStrings("include_claim_keys");
  const useImmutableSubject = fields.optionalBoolean("use_immutable_subject");
  owner.customizeSubject({
    ...(includeClaimKeys && { includeClaimKeys }),
    ...(useImmutableSubject !== undefined && { useImmutableSubject }),
  });
  return created();
}

/** An Enterprise Server knows nothing of subjects with ids. */
function getRepository({ state }: Call, repository: Repository): Answer {
  const { useDefault, includeClaimKeys } = repository.subject;
  return ok({
    use_default: useDefault,
    ...(includeClaimKeys && { include_claim_keys: includeClaimKeys }),
    ...(state.flavour === "github.com" && {
      use_immutable_subject: repository.optedInToImmutableSubjects,
      sub_claim_prefix: repository.subjectPrefix,
    }),
  });
}

function putRepository(call: Call, repository: Repository): Answer {
  const fields = new Fields(call.body);
  const useDefault = fields.boolean("use_default");
  const includeClaimKeys = fields.optionalStrings("include_claim_keys");
  const useImmutableSubject = fields.optionalBoolean("use_immutable_subject");
  repository.customizeSubject({
    useDefault,
    ...(includeClaimKeys && { includeClaimKeys }),
    ...(useImmutableSubject !== undefined && { useImmutableSubject }),
  });
  return created();
}
