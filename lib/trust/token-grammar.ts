import { SESSION_NAME_KEY } from "../aws/condition-keys";
import { SUBJECT_CLAIMS } from "../github/subject-template";
import {
  absent,
  characters,
  choice,
  end,
  guard,
  literal,
  node,
  note,
  one,
  sequence,
  some,
  unlessEnded,
  type GrammarNode,
  type Step,
} from "./grammar";

const LETTERS = "xyzabcdefghijklmnopqrstuvw0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOGIN = characters(/^[A-Za-z0-9_-]$/, LETTERS);
const LOGIN_START = characters(/^[A-Za-z0-9]$/, LETTERS);
const NAME = characters(/^[A-Za-z0-9._-]$/, LETTERS);
const DIGIT = characters(/^[0-9]$/, "7123456890");
/** No id begins with 0; one that does stands for an id that is looked up. */
const DIGIT_START = characters(/^[0-9]$/, "712345689");
const HEX = characters(/^[0-9a-f]$/, "0123456789abcdef");
const REF = characters(/^[^\u0000-\u0020\u007f-\u009f~^:?*[\\]$/u, LETTERS);
const REF_START = characters(/^[^\u0000-\u0020\u007f-\u009f~^:?*[\\/.-]$/u, LETTERS);
const ENVIRONMENT = characters(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029:*?]$/u, LETTERS);
const ENVIRONMENT_START = characters(/^[^\u0000-\u0020\u007f-\u009f\u2028\u2029:*?]$/u, LETTERS);
const TEXT = characters(/^[^\u0000-\u001f\u007f-\u009f]$/u, LETTERS);
const VALUE = characters(/^[^\u0000-\u001f\u007f-\u009f:]$/u, LETTERS);
const ACTOR = characters(/^[A-Za-z0-9_[\]-]$/, LETTERS);
const FILE = characters(/^[^\u0000-\u0020\u007f-\u009f/@:]$/u, LETTERS);
const PROPERTY = characters(/^[A-Za-z0-9_]$/, LETTERS);
const SESSION = characters(/^[A-Za-z0-9_+=,.@-]$/, LETTERS);

const WORKFLOW = "job_workflow_ref";

const id = (name: string, ...feeds: readonly string[]): Step =>
  sequence(some(DIGIT, [name, ...feeds], DIGIT_START), end(name));

/** `OWNER/NAME` of the job's repository, with its ids or without. @param feeds texts that have it as a subject does */
const repositoryNames = (ids: boolean, feeds: readonly string[], plain: readonly string[] = []): Step =>
  sequence(
    some(LOGIN, ["owner", "repository", ...plain, ...feeds], LOGIN_START),
    end("owner"),
    ...(ids ? [literal("@", feeds), id("repository_owner_id", ...feeds)] : []),
    literal("/", ["repository", ...plain, ...feeds]),
    some(NAME, ["repository", ...plain, ...feeds]),
    end("repository"),
    ...(ids ? [literal("@", feeds), id("repository_id", ...feeds)] : []),
  );

/**
 * An environment, which a subject has with "%3A" for ":".
 *
 * @param encoded the text that has it as a subject does
 */
const environmentName =
  (encoded: string): Step =>
  (next) => {
    const rest = node(...next.edges);
    const name = (allowed: typeof ENVIRONMENT): GrammarNode => one(allowed, [encoded, "environment"])(rest);
    const colon = sequence(literal(":", ["environment"]), literal("%3A", [encoded]))(rest);
    rest.edges.push(...name(ENVIRONMENT).edges, ...colon.edges);
    return node(...name(ENVIRONMENT_START).edges, ...colon.edges);
  };

const refOf = (kind: "branch" | "tag", folder: string, feeds: readonly string[]): Step =>
  sequence(note(kind), literal(`refs/${folder}/`, feeds), some(REF, [kind, ...feeds], REF_START), end(kind));
const branchRef = (...feeds: readonly string[]): Step => refOf("branch", "heads", feeds);
const tagRef = (...feeds: readonly string[]): Step => refOf("tag", "tags", feeds);
const pullRef = (...feeds: readonly string[]): Step =>
  sequence(
    note("pullRequest"),
    literal("refs/pull/", feeds),
    some(DIGIT, ["number", ...feeds], DIGIT_START),
    literal("/merge", feeds),
  );
const anyRef = (...feeds: readonly string[]): Step => choice(branchRef(...feeds), tagRef(...feeds), pullRef(...feeds));

const workflowFile = (...feeds: readonly string[]): Step =>
  sequence(
    literal("/.github/workflows/", feeds),
    some(FILE, ["file", ...feeds]),
    choice(literal(".yml@", feeds), literal(".yaml@", feeds)),
  );

/** A workflow of whatever repository, at a branch, a tag or a commit. @param isOwn whether it may be the job's own, at a pull request */
const calledWorkflow = (feeds: readonly string[], isOwn = false): Step =>
  sequence(
    note(isOwn ? "any workflow" : "called workflow"),
    some(LOGIN, feeds, LOGIN_START),
    literal("/", feeds),
    some(NAME, feeds),
    literal("/.github/workflows/", feeds),
    some(FILE, feeds),
    choice(literal(".yml@", feeds), literal(".yaml@", feeds)),
    choice(
      ...["heads", "tags"].map((folder) => sequence(literal(`refs/${folder}/`, feeds), some(REF, feeds, REF_START))),
      ...(isOwn
        ? [sequence(literal("refs/pull/", feeds), some(DIGIT, feeds, DIGIT_START), literal("/merge", feeds))]
        : []),
      sequence(...Array.from({ length: 40 }, () => one(HEX, feeds))),
    ),
    end(WORKFLOW),
  );

/** Texts that hang on no others, once the subject stands. */
const independent: Step = sequence(
  unlessEnded("repository_owner_id", some(DIGIT, ["repository_owner_id"], DIGIT_START)),
  unlessEnded("repository_id", some(DIGIT, ["repository_id"], DIGIT_START)),
  choice(
    guard("enterprise_id", true, true),
    sequence(guard("enterprise_id", false, false), choice(absent("enterprise_id"), id("enterprise_id"))),
  ),
  unlessEnded("actor", some(ACTOR, ["actor"])),
  unlessEnded("actor_id", some(DIGIT, ["actor_id"], DIGIT_START)),
  unlessEnded("workflow", some(TEXT, ["workflow"])),
  unlessEnded("aud", some(TEXT, ["aud"])),
  unlessEnded(SESSION_NAME_KEY, one(SESSION, [SESSION_NAME_KEY]), some(SESSION, [SESSION_NAME_KEY])),
);

/** The subject in GitHub's own form, of a job whose workflow is its own or one that it calls. */
function ownForm(ids: boolean, isCalled: boolean): Step {
  const workflow = isCalled ? [] : [WORKFLOW];
  const environment = sequence(
    literal("environment:", ["sub"]),
    environmentName("sub"),
    end("environment"),
    end("sub"),
    anyRef("ref", ...workflow),
  );
  const ref = choice(branchRef("sub", "ref", ...workflow), tagRef("sub", "ref", ...workflow));
  return sequence(
    note(ids ? "immutable" : "name"),
    literal("repo:", ["sub"]),
    repositoryNames(ids, ["sub"], workflow),
    literal(":", ["sub"]),
    ...(isCalled ? [] : [workflowFile(...workflow)]),
    choice(
      environment,
      sequence(absent("environment"), literal("ref:", ["sub"]), ref, end("sub")),
      sequence(absent("environment"), literal("pull_request", ["sub"]), end("sub"), pullRef("ref", ...workflow)),
    ),
    end("ref"),
    isCalled ? calledWorkflow([WORKFLOW]) : end(WORKFLOW),
  );
}

/** Claims that a subject may have and that are no condition key of AWS's, or are held together with nothing here. */
const BOUND: readonly string[] = [
  "actor",
  "actor_id",
  "environment",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "enterprise_id",
  "workflow",
  "workflow_ref",
  "ref",
  WORKFLOW,
];
const LOOSE: readonly string[] = SUBJECT_CLAIMS.filter((claim) => !BOUND.includes(claim));

/** Writes a claim's value, once, into the subject and beside it. */
const once = (claim: string, step: Step): Step => sequence(guard(claim, false), literal(`${claim}:`, ["sub"]), step);

/** The names of owner and repository, where they stand in a subject for the first time; what says them again is left open. */
const namesOnce = (claim: string, step: Step): Step =>
  sequence(
    literal(`${claim}:`, ["sub"]),
    choice(sequence(guard("owner", false), step), sequence(guard("owner", true), some(VALUE, ["sub"]))),
  );

/** What a job does, as GitHub's own form says it. */
function contextOf(): Step {
  const fresh = (text: string): Step => guard(text, false);
  const refWith = (step: Step): Step =>
    sequence(fresh("environment"), absent("environment"), fresh("ref"), step, end("ref"));
  return choice(
    sequence(fresh("environment"), literal("environment:", ["sub"]), environmentName("sub"), end("environment")),
    sequence(literal("ref:", ["sub"]), refWith(choice(branchRef("sub", "ref"), tagRef("sub", "ref")))),
    sequence(literal("pull_request", ["sub"]), refWith(pullRef("ref"))),
  );
}

/** The claims of a customised subject by name, each with its value. */
const TEMPLATE_SEGMENTS = (ids: boolean): readonly (readonly [string, Step])[] => [
  ["repo", namesOnce("repo", repositoryNames(ids, ["sub"]))],
  ["repository", namesOnce("repository", repositoryNames(false, ["sub"]))],
  [
    "workflow_ref",
    namesOnce("workflow_ref", sequence(repositoryNames(false, ["sub"]), workflowFile("sub"), some(VALUE, ["sub"]))),
  ],
  [
    "repository_owner",
    namesOnce("repository_owner", sequence(some(LOGIN, ["owner", "repository", "sub"], LOGIN_START), end("owner"))),
  ],
  ...["repository_id", "repository_owner_id", "enterprise_id", "actor_id"].map(
    (claim) => [claim, once(claim, id(claim, "sub"))] as const,
  ),
  ["actor", once("actor", sequence(some(ACTOR, ["actor", "sub"]), end("actor")))],
  ["workflow", once("workflow", sequence(some(VALUE, ["workflow", "sub"]), end("workflow")))],
  ["environment", once("environment", sequence(environmentName("sub"), end("environment")))],
  [
    "ref",
    once("ref", sequence(choice(branchRef("sub", "ref"), tagRef("sub", "ref"), pullRef("sub", "ref")), end("ref"))),
  ],
  ["context", contextOf()],
  [WORKFLOW, once(WORKFLOW, calledWorkflow([WORKFLOW, "sub"]))],
  ...LOOSE.map((claim) => [claim, sequence(literal(`${claim}:`, ["sub"]), some(VALUE, ["sub"]))] as const),
  [
    "repo_property",
    sequence(literal("repo_property_", ["sub"]), some(PROPERTY, ["sub"]), literal(":", ["sub"]), some(VALUE, ["sub"])),
  ],
];

/**
 * A customised subject: claims by name, in any order. What the graph does not hold together (a ref in the subject
 * and the token's) makes the set larger than it is, never smaller.
 */
const templateForm =
  (ids: boolean): Step =>
  (next) => {
    const behind = sequence(
      end("sub"),
      choice(
        guard("repository", true),
        // The owner stands in the subject, and the name nowhere.
        sequence(
          guard("repository", false),
          guard("owner", true),
          literal("/", ["repository"]),
          some(NAME, ["repository"]),
          end("repository"),
        ),
        sequence(guard("owner", false), repositoryNames(false, [])),
      ),
      choice(
        guard("environment", true, true),
        sequence(
          guard("environment", false, false),
          choice(absent("environment"), sequence(environmentName("unused"), end("environment"))),
        ),
      ),
      choice(guard("ref", true, false), sequence(guard("ref", false), anyRef("ref"), end("ref"))),
      choice(guard(WORKFLOW, true, true), sequence(guard(WORKFLOW, false, false), calledWorkflow([WORKFLOW], true))),
    )(next);
    const segment = node();
    const more = node(...behind.edges, ...literal(":", ["sub"])(segment).edges);
    for (const [key, step] of TEMPLATE_SEGMENTS(ids))
      segment.edges.push(...sequence(note(`template ${key}`), step)(more).edges);
    return note(ids ? "immutable" : "name")(segment);
  };

const walk = (forms: readonly Step[]): GrammarNode => sequence(choice(...forms), independent)(node());

/** The grammars of a host's tokens: those with a subject in GitHub's own form, and those with a customised one. */
export interface TokenGrammars {
  readonly own: GrammarNode;
  readonly customised: GrammarNode;
}

/**
 * The claims of a token, whatever host mints it. A text of the graph is a claim's, by its name; `owner`, `branch`,
 * `tag`, `number` and `file` are parts of claims. A GitHub Enterprise Server mints no ids today: a subject with them
 * counts there as well, as it may one day.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export const TOKEN_GRAMMARS: TokenGrammars = {
  own: walk([ownForm(false, false), ownForm(true, false), ownForm(false, true), ownForm(true, true)]),
  customised: walk([templateForm(false), templateForm(true)]),
};
