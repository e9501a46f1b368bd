import { intersects, parsePattern } from "../aws/pattern";
import { addTo } from "../model/add-to";
import type { FoundRole } from "../model/find-role";
import { grantsOfRole, type Grant } from "../questions/grants";
import { formatText, type Text } from "../trust/text";
import { writtenSubjects } from "../model/written-subjects";

/** The roles behind environments and repositories: those whose trust policy admits their jobs. */
export class Behind {
  private readonly byRepository = new Map<string, Found[]>();
  private readonly byEnvironment = new Map<string, Set<string>>();
  private readonly widely: Found[] = [];
  private unread = false;

  /** @param repositories `OWNER/NAME` of those that will be asked for: roles that name others alone cost next to nothing */
  constructor(roles: readonly FoundRole[], repositories: Iterable<string>) {
    const asked = new Set([...repositories].map(lower));
    if (asked.size === 0) return;
    for (const found of roles) if (concerns(found, asked)) this.learn(found);
  }

  /** Whether there is a role of which nobody knows whom it admits: it may stand behind anything. */
  get hasUnread(): boolean {
    return this.unread;
  }

  /** Names of the roles that admit jobs because they name the environment, each once. */
  ofEnvironment(repository: string, environment: string): string[] {
    const named = this.byEnvironment.get(keyOf(repository, environment)) ?? [];
    const subjects = [
      `repo:${repository}:environment:${environment}`,
      `repo:${repository.replace("/", "@*/")}@*:environment:${environment}`,
    ].map((each) => parsePattern(lower(each)));
    const byPattern = this.near(repository).filter(({ patterns }) =>
      patterns.some((pattern) => subjects.some((subject) => intersects(parsePattern(pattern), subject))),
    );
    return [...new Set([...named, ...byPattern.map(({ role }) => role)])];
  }

  /** Names of the roles that admit any job of the repository, each once. */
  ofRepository(repository: string): string[] {
    return [...new Set(this.near(repository, true).map(({ role }) => role))];
  }

  private near(repository: string, all = false): Found[] {
    const own = this.byRepository.get(lower(repository)) ?? [];
    const wide = this.widely.filter((each) =>
      intersects(parsePattern(each.repository), parsePattern(lower(repository))),
    );
    return [...own, ...wide].filter(({ patterns }) => all || patterns.length > 0);
  }

  private learn({ role, account }: FoundRole): void {
    const { grants, unread } = grantsOfRole(role, account);
    if (unread.length > 0) this.unread = true;
    for (const grant of grants) {
      const name = formatText(role.name);
      const repository = lower(grant.repository);
      if (grant.environment) add(this.byEnvironment, keyOf(grant.repository, grant.environment.name), name);
      const found = { role: name, repository, patterns: grant.environment ? [] : environmentPatterns(grant) };
      if (repository.includes("*")) this.widely.push(found);
      else addTo(this.byRepository, repository, found);
    }
  }
}

interface Found {
  readonly role: string;
  /** In lower case, `OWNER/*` and `*` for more than one. */
  readonly repository: string;
  /** Subjects of environments, in lower case: GitHub ignores case in these names. */
  readonly patterns: readonly string[];
}

const lower = (text: string): string => text.toLowerCase();
const keyOf = (repository: string, environment: string): string =>
  JSON.stringify([lower(repository), lower(environment)]);

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set<string>()).add(value));
}

/** What is looked up stands in braces. Behind the last one there is nothing to look for, from however many openings. */
function withoutBraces(subject: string): string {
  const end = subject.lastIndexOf("}") + 1;
  const inside = /\{([^}]*)\}/;
  return (
    subject.slice(0, end).replace(inside, (_, prefix: string) => prefix.replaceAll("@ID", "@*")) + subject.slice(end)
  );
}

/** Where every job is admitted, the environment protects nothing: only subjects that ask for one count. What is looked up is a name. */
const environmentPatterns = ({ subjects, conditions, repository }: Grant): string[] => [
  ...subjects.filter((subject) => subject.includes(":environment:")).map((subject) => lower(withoutBraces(subject))),
  ...(conditions["environment"] ?? []).map((environment) => lower(`repo:${repository}:environment:${environment}`)),
];

/** Whether a role may admit jobs of one of the repositories, as every role whose policy cannot be read: not where each subject that it allows is of another one. */
function concerns({ role }: FoundRole, repositories: ReadonlySet<string>): boolean {
  const written = writtenSubjects(role);
  if (written) return written.some((subject) => mayBeOf(subject, repositories));
  const { trust } = role;
  if (!("statements" in trust)) return true;
  return trust.statements
    .filter(({ effect }) => effect === "Allow")
    .some(({ conditions }) => {
      const subjects = conditions
        .filter(({ operator, key }) => /:sub$/i.test(key) && PLAIN.test(operator))
        .flatMap(({ values }) => values);
      return subjects.length === 0 || subjects.some((subject) => mayBeOf(subject, repositories));
    });
}

/** Operators by which a subject has to be one of those that are named. */
const PLAIN = /^(?:ForAnyValue:)?String(?:Equals|EqualsIgnoreCase|Like)$/i;

function mayBeOf(subject: Text, repositories: ReadonlySet<string>): boolean {
  const prefix = /^repo:\{?([^:*?@/{}]+)(?:@[^:*?/{}]+)?\/([^:*?@/{}]+)(?:@[^:*?/{}]+)?\}?:/.exec(formatText(subject));
  return !prefix || repositories.has(lower(`${prefix[1] ?? ""}/${prefix[2] ?? ""}`));
}
