import { onlyBlock, type Postcondition } from "../constructs/terraform-json";
import { synthesizeMain } from "./synthesize";

const lookup = (github: { owner?: string; host?: string } = {}) =>
  synthesizeMain({ github, repositories: { "web.shop": { roles: { plan: { allow: [{ branch: "main" }] } } } } });

const FOUND: Postcondition = {
  condition: "${self.code == 200}",
  error_message:
    'GitHub repository "octo-org/web.shop" was not found, or the GitHub token may not read it (GitHub answered ${self.code}). Correct its name in the access file, or give the token access to it: what its jobs\' subjects look like cannot be guessed.',
};
const PLAIN: Postcondition = {
  condition:
    '${self.code != 200 || try(jsondecode(self.body).use_default == true, false) || try(jsonencode(jsondecode(self.body).include_claim_keys), "") == "[\\"repo\\",\\"context\\"]"}',
  error_message:
    'GitHub repository "octo-org/web.shop" has a subject template of its own or follows its organization\'s (it answers use_default = false), and the access file does not describe one: no job of it would match this trust. Set the repository back to the default subject, or write the subjects out with "subject".',
};
const SAID: Postcondition = {
  condition: '${self.code != 200 || can(regex("^.", jsondecode(self.body).sub_claim_prefix))}',
  error_message:
    'GitHub does not say what the subjects of repository "octo-org/web.shop" begin with (its answer has no sub_claim_prefix). Set "subjects" of the repository in the access file: "immutable" or "both" with its ids, or "name" if its tokens are known to carry names alone.',
};
const OWN: Postcondition = {
  condition:
    '${self.code != 200 || !can(regex("^.", jsondecode(self.body).sub_claim_prefix)) || can(regex("^repo:(?:(?i:octo-org)/[A-Za-z0-9._-]+|(?i:octo-org)@[0-9]+/[A-Za-z0-9._-]+@[0-9]+)$", jsondecode(self.body).sub_claim_prefix))}',
  error_message:
    'Subjects of GitHub repository "octo-org/web.shop" begin with ${try(jsonencode(jsondecode(self.body).sub_claim_prefix), "nothing")}, which is not a repository of octo-org: it was transferred, and trusting it would hand the role to its new owner. Correct the access file.',
};

describe("A repository that is looked up", () => {
  test("is asked for what its subjects look like, and trusted by GitHub's answer", () => {
    const { data, locals, resource } = lookup();
    expect(onlyBlock(data, "github_rest_api")["endpoint"]).toBe(
      "repos/octo-org/web.shop/actions/oidc/customization/sub",
    );
    const [name, value] = Object.entries(locals ?? {})[0] ?? [];
    expect(name).toMatch(/^web-shop-[0-9a-f]{8}__subject_prefix$/);
    expect(value).toMatch(/^\$\{jsondecode\(data\.github_rest_api\.web-shop-[0-9a-f]{8}\.body\)\.sub_claim_prefix\}$/);
    expect(onlyBlock(resource, "aws_iam_role")["assume_role_policy"]).toContain(
      `"token.actions.githubusercontent.com:sub":"\${local.${name}}:ref:refs/heads/main"`,
    );
  });

  test("fails the plan when GitHub's answer is not to be trusted, each time with a sentence", () => {
    expect(onlyBlock(lookup().data, "github_rest_api").lifecycle).toEqual({ postcondition: [FOUND, PLAIN, SAID, OWN] });
  });

  test("is the same on ghe.com", () => {
    expect(onlyBlock(lookup({ host: "octo.ghe.com" }).data, "github_rest_api").lifecycle).toEqual({
      postcondition: [FOUND, PLAIN, SAID, OWN],
    });
  });

  test("is trusted by name on GitHub Enterprise Server, which mints no ids, and only looked at for a template", () => {
    const { data, locals, resource } = lookup({ host: "github.example.com" });
    expect(onlyBlock(data, "github_rest_api").lifecycle).toEqual({ postcondition: [FOUND, PLAIN] });
    expect(Object.values(locals ?? {})).toEqual(["repo:octo-org/web.shop"]);
    // By the local all the same: it makes the role wait for the answer.
    expect(onlyBlock(resource, "aws_iam_role")["assume_role_policy"]).toContain(
      '"github.example.com/_services/token:sub":"${local.web-shop-',
    );
  });

  test("is looked up once, however many roles admit it", () => {
    const { data, locals } = synthesizeMain({
      repositories: {
        web: {
          environments: { a: { role: {} }, b: { role: {} } },
          roles: { x: { allow: [{ branch: "main" }, { tag: "v*" }] } },
        },
        api: { roles: { x: { allow: [{ branch: "main", repository: "web" }] } } },
      },
    });
    expect(Object.keys(data?.["github_rest_api"] ?? {})).toEqual(["web"]);
    expect(Object.keys(locals ?? {})).toEqual(["web__subject_prefix"]);
  });
});
