import { parseIamArn } from "../aws/arn";
import type { AccessModel } from "../model/model";
import type { StatementModel } from "../trust/trust-model";
import { isKnown } from "../trust/text";

/**
 * OIDC providers of one side of a change that are made, or deleted, by it: on the other side they are not
 * there, and the roles that trust them let nobody in. A provider that no source has may be there all the same.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export class AbsentProviders {
  private readonly arns: ReadonlySet<string>;
  private readonly accounts: ReadonlySet<string>;

  /** @param there the model of the side that has them, @param absent that of the side that has not */
  constructor(there: AccessModel, absent: AccessModel) {
    const known = new Set(keysOf(absent, () => true));
    this.arns = new Set(keysOf(there, (mode) => mode === "created").filter((key) => !known.has(key)));
    this.accounts = new Set([...this.arns].map(accountOfKey));
  }

  get isEmpty(): boolean {
    return this.arns.size === 0;
  }

  /** Whether one of them is in an account, or may be where its id is not known. STS looks in no other. */
  mayBeIn(account: string | null): boolean {
    return account === null ? !this.isEmpty : this.accounts.has(account);
  }

  /** A statement without these providers; none where it has no other principal. */
  leaveOut(statement: StatementModel): StatementModel[] {
    if (this.isEmpty) return [statement];
    const principals = statement.principals.filter(
      ({ value }) => !isKnown(value) || !this.arns.has(keyOfArn(value) ?? ""),
    );
    return principals.length === 0 ? [] : [{ ...statement, principals }];
  }
}

/** Of accounts whose id is known. The ARN of a provider is made up of that and the issuer. */
const keysOf = ({ accounts }: AccessModel, isMeant: (mode: "created" | "existing") => boolean): string[] =>
  accounts.flatMap(({ id, providers }) =>
    providers.flatMap(({ issuer, mode }) =>
      id !== null && isKnown(issuer) && isMeant(mode) ? [keyOf(id, issuer)] : [],
    ),
  );

const keyOf = (account: string, issuer: string): string => JSON.stringify([account, issuer.toLowerCase()]);

const accountOfKey = (key: string): string => (JSON.parse(key) as [string, string])[0];

function keyOfArn(value: string): string | undefined {
  const arn = parseIamArn(value);
  return arn?.type === "oidc-provider" ? keyOf(arn.account, arn.resource) : undefined;
}
