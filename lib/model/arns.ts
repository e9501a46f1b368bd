import { parseIamArn } from "../aws/arn";
import { text, unknownText, type Text } from "../trust/text";

/** Partition of an account of which it is not known. */
export const UNKNOWN_PARTITION = unknownText("partition");
/** Id of an account of which it is not known. */
export const UNKNOWN_ACCOUNT = unknownText("account");

/** ARN of a role. @param path begins and ends with "/" */
export const roleArn = (partition: Text, account: Text, path: Text, name: Text): Text =>
  text("arn:", partition, ":iam::", account, ":role", path, name);

/** ARN of a managed policy of an account. @param path begins and ends with "/" */
export const policyArn = (partition: Text, account: Text, path: Text, name: Text): Text =>
  text("arn:", partition, ":iam::", account, ":policy", path, name);

/** The ARN of a role, where a value is one and nothing else. Any other value is none of a model's business: it may be a secret. */
export const roleArnIn = (value: string): string | null => (parseIamArn(value)?.type === "role" ? value : null);
