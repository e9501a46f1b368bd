/** The story's access file: two accounts, three repositories; a table of what a chapter may change. */
export interface Chapter {
  readonly productionReviewers?: string;
  readonly productionBranches?: string;
  readonly deployActions?: string;
  readonly apiSession?: string;
  /** Account of the role of `tools`. */
  readonly toolsAccount?: string;
}

export const OWNER = "octo-org";
export const STAGING = "222233334444";
export const PRODUCTION = "111122223333";

export function accessFile(chapter: Chapter = {}): string {
  return `
github:
  owner: ${OWNER}
  plan: enterprise
accounts:
  staging:
    id: "${STAGING}"
    region: eu-west-1
  production:
    id: "${PRODUCTION}"
    region: eu-central-1
    rolePath: /github/
    tags: { owner: platform, text: "a b" }
    assumeRole: arn:aws:iam::${PRODUCTION}:role/terraform
repositories:
  web-shop:
    environments:
      production:
        reviewers: { teams: [release-managers], users: [${chapter.productionReviewers ?? "octocat"}] }
        waitTimer: 10
        preventSelfReview: true
        deployFrom: { branches: [main, "${chapter.productionBranches ?? "release/*"}"], tags: ["v*"] }
        variables: { LOG_LEVEL: info, TEMPLATE: "\${not.an.expression} %{if}" }
        secrets: { SENTRY_DSN: { fromVariable: sentry_dsn } }
        role:
          account: production
          sessionDuration: 2h
          managedPolicies: [AmazonECS_FullAccess, job-function/ViewOnlyAccess]
          inlinePolicies: { deploy: policies/deploy.json }
    roles:
      plan:
        account: production
        allow:
          - pullRequest: true
          - branch: main
        managedPolicies: [ReadOnlyAccess]
        publish: { variable: AWS_PLAN_ROLE_ARN }
      release:
        account: production
        allow:
          - tag: "v*"
            workflow: octo-org/ci/.github/workflows/release.yml@refs/heads/main
        publish: { secret: AWS_RELEASE_ROLE_ARN }
  legacy-api:
    environments:
      staging:
        deployFrom: { branches: [main] }
        role:
          account: staging
          sessionDuration: ${chapter.apiSession ?? "1h"}
          managedPolicies: [AmazonS3FullAccess]
  tools:
    environments:
      "prod/eu:1":
        role:
          account: ${chapter.toolsAccount ?? "production"}
          name: tools-prod-eu-1
`;
}

/** A policy with one of IAM's own variables, which Terraform must not take for its own. */
export const deployPolicy = (action = "ecs:UpdateService"): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "Deploy", Effect: "Allow", Action: action, Resource: "arn:aws:s3:::shop/${aws:PrincipalTag/team}/*" },
    ],
  });
