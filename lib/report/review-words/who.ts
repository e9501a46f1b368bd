import { isDeepStrictEqual } from "node:util";
import type { Who } from "../../difference/schema";
import type { GrantProtection } from "../../questions/grants";
import { commas, firstOf, joined, name, NOTHING, type Phrase, say, strong } from "../phrase";

/** Most values that are said one by one. */
const NAMED = 4;

/** `any job in environment production of octo-org/web-shop`. */
export function whoWords(who: Who): Phrase {
  if (who.kind === "principal")
    return commas([principalWords(who.principal ?? "*", who.calls), ...conditionWords(who.conditions)]);
  return commas([
    say`${jobsWords(who)} of ${repositoryWords(who.repository ?? "*")}`,
    ...conditionWords(who.conditions),
  ]);
}

/** `branch main → any branch starting with main of octo-org/web-shop`. @param before who lies within */
export function widerWords(before: Who, after: Who): Phrase {
  const isSamePlace =
    before.kind === "jobs" &&
    after.kind === "jobs" &&
    before.repository === after.repository &&
    isDeepStrictEqual(conditionWords(before.conditions), conditionWords(after.conditions));
  return say`${isSamePlace ? jobsWords(before) : whoWords(before)} → ${whoWords(after)}`;
}

const ANY_JOB = strong(say`any job`);
const PULL_REQUEST = strong(say`any pull request`);

const jobsWords = ({ jobs, environment }: Who): Phrase => {
  const words = [...new Set(jobs)].map((job) => jobWords(job, environment?.name));
  return words.length === 0 ? ANY_JOB : either(words);
};

/**
 * Of a kind of jobs in the access model's words, the kind is ours and the rest a name. Strong is what everybody should see:
 * code that nobody has looked at, and places that nobody has listed.
 */
const FORMS: readonly { readonly starts: string; readonly words: (rest: Phrase) => Phrase }[] = [
  { starts: "environment ", words: (rest) => say`any job in environment ${rest}` },
  { starts: "environments ", words: (rest) => say`any job in ${anyOf(rest, say`environment`, say`environments`)}` },
  { starts: "branch ", words: (rest) => say`branch ${rest}` },
  { starts: "branches ", words: (rest) => anyOf(rest, say`branch`, say`branches`) },
  { starts: "tag ", words: (rest) => say`tag ${rest}` },
  { starts: "tags ", words: (rest) => anyOf(rest, say`tag`, say`tags`) },
  { starts: "merge queue of branch ", words: (rest) => say`merge queue of branch ${rest}` },
  {
    starts: "merge queue of branches ",
    words: (rest) => say`merge queue of ${anyOf(rest, say`branch`, say`branches`)}`,
  },
  { starts: "any pull request ", words: (rest) => say`${PULL_REQUEST} ${rest}` },
  { starts: "every job ", words: (rest) => say`${ANY_JOB} ${rest}` },
  { starts: "subject ", words: (rest) => say`subject ${rest}` },
];

function jobWords(job: string, environment: string | undefined): Phrase {
  if (job === "every job") return ANY_JOB;
  if (job === "any pull request") return PULL_REQUEST;
  const form = FORMS.find(({ starts }) => job.startsWith(starts));
  if (!form) return name(job);
  const rest = job.slice(form.starts.length);
  // An environment's name may have spaces; what stands behind it are further claims.
  if (environment !== undefined && rest.startsWith(`${environment} `))
    return form.words(say`${name(environment)} ${name(rest.slice(environment.length + 1))}`);
  return form.words(name(rest));
}

/** `any branch starting with main` for `main*`. */
function anyOf(pattern: Phrase, one: Phrase, many: Phrase): Phrase {
  const [part] = pattern;
  const text = part?.kind === "name" ? part.text : "";
  if (text === "*") return strong(say`any ${one}`);
  const start = /^([^*?]+)\*$/.exec(text)?.[1];
  return strong(start === undefined ? say`${many} like ${pattern}` : say`any ${one} starting with ${name(start)}`);
}

function repositoryWords(repository: string): Phrase {
  if (repository === "*") return strong(say`anyone's repository`);
  return repository.endsWith("/*") ? strong(say`any repository of ${name(repository.slice(0, -2))}`) : name(repository);
}

function principalWords(principal: string, calls: Who["calls"]): Phrase {
  if (principal === "*") return strong(anyoneWords(calls));
  const [, account, role] =
    /^arn:[^:]*:iam::([0-9]{12}):(?:root$|role\/(.+))/.exec(principal) ?? /^([0-9]{12})$/.exec(principal) ?? [];
  if (account === undefined)
    return principal.endsWith(".amazonaws.com") ? say`service ${name(principal)}` : name(principal);
  return role === undefined
    ? say`anyone in account ${name(account)}`
    : say`role ${name(role)} of account ${name(account)}`;
}

/** Everybody, as far as the calls go that the role may be got by. */
function anyoneWords(calls: Who["calls"]): Phrase {
  const ways = ANYONE.filter(({ call }) => calls.includes(call)).map(({ words }) => words);
  return ways.length === 0 ? say`anyone in AWS` : say`anyone ${joined(ways, say` or `)}`;
}

const ANYONE: readonly { readonly call: Who["calls"][number]; readonly words: Phrase }[] = [
  { call: "sts:AssumeRole", words: say`in AWS` },
  { call: "sts:AssumeRoleWithSAML", words: say`by SAML` },
  { call: "sts:AssumeRoleWithWebIdentity", words: say`with a token of any identity provider` },
];

/** Audiences are in every sound policy, and of no interest to whoever asks who. */
const conditionWords = (conditions: Who["conditions"]): Phrase[] =>
  Object.entries(conditions)
    .filter(([claim]) => claim !== "aud")
    .map(([claim, values]) =>
      claim === "job_workflow_ref"
        ? say`through ${either(values.map(workflowWords))}`
        : say`with ${name(claim)} ${either(values.map(name))}`,
    );

/** `release.yml of octo-org/ci at branch main`: its path in pieces that fit a narrow column. */
function workflowWords(workflow: string): Phrase {
  const [, repository, file, kind, ref] =
    /^([^/]+\/[^/]+)\/\.github\/workflows\/([^@]+)@refs\/(heads|tags)\/(.+)$/.exec(workflow) ?? [];
  if (repository === undefined || file === undefined || ref === undefined) return name(workflow);
  return say`workflow ${name(file)} of ${name(repository)} at ${kind === "heads" ? say`branch` : say`tag`} ${name(ref)}`;
}

/** `a or b or 7 more`. */
const either = (phrases: readonly Phrase[]): Phrase =>
  say`${joined(phrases.slice(0, NAMED), say` or `)}${phrases.length > NAMED ? say` or ${phrases.length - NAMED} more` : NOTHING}`;

/** What stands between a job and the role: `behind release-managers, from main`; nothing where the jobs name no environment. */
export function behindWords({ environment }: Who): Phrase {
  if (!environment) return NOTHING;
  if (!environment.protection) return say`protection not known`;
  const rules = rulesOf(environment.protection);
  return rules.length === 0 ? strong(say`behind nothing`) : commas(rules);
}

function rulesOf({ reviewers, waitMinutes, deployFrom }: GrantProtection): Phrase[] {
  return [
    ...(reviewers === null
      ? [say`reviewers not known`]
      : reviewers.length === 0
        ? []
        : [say`behind ${either(reviewers.map(name))}`]),
    ...(waitMinutes === null ? [say`wait not known`] : waitMinutes === 0 ? [] : [say`${waitMinutes} min wait`]),
    ...(deployFrom === null
      ? [say`refs not known`]
      : deployFrom === "any ref"
        ? []
        : deployFrom === "protected branches"
          ? [say`from protected branches`]
          : [say`from ${deployFrom.length === 0 ? say`no ref` : firstOf(deployFrom.map(name), NAMED)}`]),
  ];
}
