import type { FoundRole } from "../model/find-role";
import { nameOf } from "../model/model";
import { formatText, isKnown } from "../trust/text";
import type { PermissionChange } from "./schema";

/** Which role, and where it is written. */
export const placeOfRole = ({
  role,
  account,
}: FoundRole): Pick<PermissionChange, "account" | "accountId" | "role" | "roleArn" | "location"> => ({
  account: nameOf(account),
  accountId: account.id,
  role: formatText(role.name),
  roleArn: isKnown(role.arn) ? role.arn : null,
  location: role.location,
});
