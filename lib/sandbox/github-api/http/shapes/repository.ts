import type { Repository } from "../../state/repository";
import { simpleAccount } from "./account";
import { nodeId, type Links } from "./links";

/** A repository as it stands inside lists. */
export function simpleRepository(repository: Repository, links: Links) {
  const { id, name, fullName, owner, visibility } = repository;
  const url = `${links.api}/repos/${fullName}`;
  return {
    id,
    node_id: nodeId("Repository", id),
    name,
    full_name: fullName,
    private: visibility !== "public",
    owner: simpleAccount(owner, links),
    html_url: `${links.web}/${fullName}`,
    description: null,
    fork: false,
    url,
    ...addresses(url),
  };
}

/** A repository. */
export function fullRepository(repository: Repository, links: Links) {
  const { fullName, owner, visibility, createdAt } = repository;
  const host = new URL(links.web).host;
  return {
    ...simpleRepository(repository, links),
    git_url: `git://${host}/${fullName}.git`,
    ssh_url: `git@${host}:${fullName}.git`,
    clone_url: `${links.web}/${fullName}.git`,
    svn_url: `${links.web}/${fullName}`,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    visibility,
    default_branch: "main",
    is_template: false,
    archived: false,
    disabled: false,
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    allow_forking: true,
    web_commit_signoff_required: false,
    topics: [],
    size: 0,
    forks: 0,
    forks_count: 0,
    open_issues: 0,
    open_issues_count: 0,
    stargazers_count: 0,
    subscribers_count: 0,
    watchers: 0,
    watchers_count: 0,
    network_count: 0,
    pushed_at: createdAt,
    created_at: createdAt,
    updated_at: createdAt,
    permissions: { admin: true, maintain: true, push: true, triage: true, pull: true },
    allow_merge_commit: true,
    allow_squash_merge: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    allow_update_branch: false,
    delete_branch_on_merge: false,
    ...(owner.type === "Organization" && { organization: simpleAccount(owner, links) }),
  };
}

/** The many addresses that GitHub lists with every repository, as templates. */
const ADDRESSES = {
  archive: "/{archive_format}{/ref}",
  assignees: "/assignees{/user}",
  blobs: "/git/blobs{/sha}",
  branches: "/branches{/branch}",
  collaborators: "/collaborators{/collaborator}",
  comments: "/comments{/number}",
  commits: "/commits{/sha}",
  compare: "/compare/{base}...{head}",
  contents: "/contents/{+path}",
  contributors: "/contributors",
  deployments: "/deployments",
  downloads: "/downloads",
  events: "/events",
  forks: "/forks",
  git_commits: "/git/commits{/sha}",
  git_refs: "/git/refs{/sha}",
  git_tags: "/git/tags{/sha}",
  hooks: "/hooks",
  issue_comment: "/issues/comments{/number}",
  issue_events: "/issues/events{/number}",
  issues: "/issues{/number}",
  keys: "/keys{/key_id}",
  labels: "/labels{/name}",
  languages: "/languages",
  merges: "/merges",
  milestones: "/milestones{/number}",
  notifications: "/notifications{?since,all,participating}",
  pulls: "/pulls{/number}",
  releases: "/releases{/id}",
  stargazers: "/stargazers",
  statuses: "/statuses/{sha}",
  subscribers: "/subscribers",
  subscription: "/subscription",
  tags: "/tags",
  teams: "/teams",
  trees: "/git/trees{/sha}",
} as const;

const addresses = (url: string): Record<string, string> =>
  Object.fromEntries(Object.entries(ADDRESSES).map(([name, path]) => [`${name}_url`, url + path]));
