import type { AdmittedJobs, Admission } from "../trust/admitted";
import type { AccountModel, EnvironmentModel, RoleModel } from "../model/model";
import type { Power } from "../aws/permissions/level";
import type { Position } from "../aws/policy/position";
import type { TrustDocument } from "../aws/policy/trust-document";
import type { AgreementFact, Workflow } from "../workflows";
import type { Location } from "./finding";
import type { ModelFacts } from "./model/facts";
import type { Suppression } from "./suppression";

/** Every subject knows its place. */
interface Located {
  /**
   * Where something stands. `undefined` for a place of which it is not known what stands there: nothing can be
   * said of it.
   *
   * @param position in the subject's text. @default the subject as a whole
   */
  locate(position?: Position): Location | undefined;
}

/** A trust policy, alone or of a role of the access model. */
export interface TrustPolicySubject extends Located {
  readonly kind: "trustPolicy";
  readonly document: TrustDocument;
  /** What it lets in. */
  readonly admitted: AdmittedJobs;
  /** Characters that AWS counts. */
  readonly length: number;
  /** What the role can do, judged when it is asked for; `undefined` for a policy alone. */
  readonly power: (() => Power) | undefined;
}

/** A role with everything around it. */
export interface RoleSubject extends Located {
  readonly kind: "role";
  readonly role: RoleModel;
  readonly account: AccountModel;
  /** What it can do, judged when it is asked for: that costs more than all the rest. */
  power(): Power;
  /** Its trust policy; `undefined` where nothing of it is known, AWS would refuse it, or it cannot be judged. */
  readonly trust: TrustPolicySubject | undefined;
  /** What it lets in, without the subjects of which a part is not known. */
  readonly admissions: readonly Admission[];
  /** What of the trust policy is not known. */
  readonly unknown: readonly string[];
  /** Why nothing can be said of a trust policy that AWS would accept. @default it can be judged */
  readonly unjudged: string | undefined;
  readonly facts: ModelFacts;
}

/** A deployment environment with the roles that its jobs may assume. */
export interface EnvironmentSubject extends Located {
  readonly kind: "environment";
  readonly environment: EnvironmentModel;
  /** What the strongest of those roles can do; `undefined` where there is none. */
  power(): Power | undefined;
  readonly facts: ModelFacts;
}

/** An excuse that stands in the access file, and what came of it. */
export interface SuppressionSubject extends Located {
  readonly kind: "suppression";
  readonly suppression: Suppression;
  /** Findings that it excuses, or would if its time were not over. */
  readonly uses: number;
  readonly isOver: boolean;
  /** Whether there is a rule of its id. */
  readonly isRule: boolean;
}

/** A workflow file by itself. */
export interface WorkflowSubject extends Located {
  readonly kind: "workflow";
  readonly workflow: Workflow;
  /** Ids of the jobs that may ask for a token, as far as is known. */
  readonly mayMint: ReadonlySet<string>;
}

/** Something that workflow files and the access model say together. */
export interface AgreementSubject extends Located {
  readonly kind: "agreement";
  readonly fact: AgreementFact;
  /** `OWNER/NAME` whose workflows they are. */
  readonly repository: string;
}

/** A repository whose subjects are trusted in both forms up to a day. */
export interface MigrationSubject extends Located {
  readonly kind: "migration";
  /** `OWNER/NAME` */
  readonly repository: string;
  /** The last day, as `2027-01-31`. */
  readonly until: string;
  readonly daysLeft: number;
  readonly isEnding: boolean;
}

/** What rules look at. Each rule says which kind. */
export type CheckSubject =
  | TrustPolicySubject
  | RoleSubject
  | EnvironmentSubject
  | SuppressionSubject
  | WorkflowSubject
  | AgreementSubject
  | MigrationSubject;
