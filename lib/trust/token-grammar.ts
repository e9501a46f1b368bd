import { SESSION_NAME_KEY } from "../aws/condition-keys";
import { SUBJECT_CLAIMS } from "../github/subject-template";
import {
  absent,
  characters,
  choice,
  end,
  guard,
  literal,
  many,
  node,
  note,
  one,
  sequence,
  some,
  unlessEnded,
  type CharacterSet,
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
const PROPERTY_VALUE = characters(/^[^:]$/u, LETTERS);
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
 * A text that may have ":", for which a subject has "%3A".
 *
 * @param feeds the claim as it is
 * @param encoded the text that has it as a subject does
 * @param allowed what may stand there beside ":"
 */
const encoded =
  (feeds: readonly string[], encoded: readonly string[], allowed: CharacterSet, first = allowed): Step =>
  (next) => {
    const rest = node(...next.edges);
    const other = (set: CharacterSet): GrammarNode => one(set, [...encoded, ...feeds])(rest);
    const colon = sequence(literal(":", feeds), literal("%3A", encoded))(rest);
    rest.edges.push(...other(allowed).edges, ...colon.edges);
    return node(...other(first).edges, ...colon.edges);
  };

/** @param inSubject the text that has it as a subject does */
const environmentName = (inSubject: string): Step =>
  encoded(["environment"], [inSubject], ENVIRONMENT, ENVIRONMENT_START);

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

/** @param inSubject texts that have it as a subject does */
const workflowFile = (feeds: readonly string[], inSubject: readonly string[]): Step =>
  sequence(
    literal("/.github/workflows/", [...feeds, ...inSubject]),
    encoded(["file", ...feeds], inSubject, FILE),
    choice(...[".yml@", ".yaml@"].map((extension) => literal(extension, [...feeds, ...inSubject]))),
  );

/** A workflow of whatever repository, at a branch, a tag, a pull request or a commit. */
function calledWorkflow(...inSubject: readonly string[]): Step {
  const feeds = [WORKFLOW, ...inSubject];
  return sequence(
    note("called workflow"),
    some(LOGIN, feeds, LOGIN_START),
    literal("/", feeds),
    some(NAME, feeds),
    workflowFile([WORKFLOW], inSubject),
    choice(
      ...["heads", "tags"].map((folder) => sequence(literal(`refs/${folder}/`, feeds), some(REF, feeds, REF_START))),
      sequence(literal("refs/pull/", feeds), some(DIGIT, feeds), literal("/merge", feeds)),
      sequence(...Array.from({ length: 40 }, () => one(HEX, feeds))),
    ),
    end(WORKFLOW),
  );
}

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
    ...(isCalled ? [] : [workflowFile(workflow, [])]),
    choice(
      environment,
      sequence(absent("environment"), literal("ref:", ["sub"]), ref, end("sub")),
      sequence(absent("environment"), literal("pull_request", ["sub"]), end("sub"), pullRef("ref", ...workflow)),
    ),
    end("ref"),
    isCalled ? calledWorkflow() : end(WORKFLOW),
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

/** Writes a claim's value into the subject and beside it; what says it again is left open. */
const once = (claim: string, step: Step): Step => sequence(literal(`${claim}:`, ["sub"]), unlessSaid(claim, step));

/** The same for the names of owner and repository. */
const namesOnce = (claim: string, step: Step): Step =>
  sequence(literal(`${claim}:`, ["sub"]), unlessSaid("owner", step));

const unlessSaid = (text: string, step: Step): Step =>
  choice(sequence(guard(text, false), step), sequence(guard(text, true), some(VALUE, ["sub"])));

/** What a job does, as GitHub's own form says it. */
function contextOf(): Step {
  const withoutEnvironment = sequence(guard("environment", false), absent("environment"));
  const pullRequest = sequence(guard("ref", false), pullRef("ref"), end("ref"));
  return choice(
    once("environment", ENVIRONMENT_VALUE),
    sequence(
      literal("ref:", ["sub"]),
      withoutEnvironment,
      unlessSaid("ref", sequence(choice(branchRef("sub", "ref"), tagRef("sub", "ref")), end("ref"))),
    ),
    sequence(literal("pull_request", ["sub"]), withoutEnvironment, choice(pullRequest, guard("ref", true))),
  );
}

const ENVIRONMENT_VALUE = sequence(environmentName("sub"), end("environment"));

/** The claims of a customised subject by name, each with its value. */
const TEMPLATE_SEGMENTS = (ids: boolean): readonly (readonly [string, Step])[] => [
  ["repo", namesOnce("repo", repositoryNames(ids, ["sub"]))],
  ["repository", namesOnce("repository", repositoryNames(false, ["sub"]))],
  [
    "workflow_ref",
    namesOnce(
      "workflow_ref",
      sequence(repositoryNames(false, ["sub"]), workflowFile([], ["sub"]), some(VALUE, ["sub"])),
    ),
  ],
  [
    "repository_owner",
    namesOnce("repository_owner", sequence(some(LOGIN, ["owner", "repository", "sub"], LOGIN_START), end("owner"))),
  ],
  ...["repository_id", "repository_owner_id", "enterprise_id", "actor_id"].map(
    (claim) => [claim, once(claim, id(claim, "sub"))] as const,
  ),
  ["actor", once("actor", sequence(some(ACTOR, ["actor", "sub"]), end("actor")))],
  ["workflow", once("workflow", sequence(encoded(["workflow"], ["sub"], VALUE), end("workflow")))],
  ["environment", once("environment", ENVIRONMENT_VALUE)],
  [
    "ref",
    once("ref", sequence(choice(branchRef("sub", "ref"), tagRef("sub", "ref"), pullRef("sub", "ref")), end("ref"))),
  ],
  ["context", contextOf()],
  [WORKFLOW, once(WORKFLOW, calledWorkflow("sub"))],
  ...LOOSE.map((claim) => [claim, sequence(literal(`${claim}:`, ["sub"]), many(VALUE, ["sub"]))] as const),
  [
    "repo_property",
    sequence(
      literal("repo_property_", ["sub"]),
      some(PROPERTY, ["sub"]),
      literal(":", ["sub"]),
      many(PROPERTY_VALUE, ["sub"]),
    ),
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
      choice(guard(WORKFLOW, true, true), sequence(guard(WORKFLOW, false, false), calledWorkflow())),
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
