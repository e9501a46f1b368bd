/** What the plan asks of GitHub's answer about a repository's subjects, as a person would write it out. */
export function postconditions(owner: string, repository: string): { condition: string; errorMessage: string }[] {
  const fullName = `${owner}/${repository}`;
  return [
    {
      condition: "${self.code == 200}",
      errorMessage: `GitHub repository "${fullName}" was not found, or the GitHub token may not read it (GitHub answered \${self.code}). Correct its name in the access file, or give the token access to it: what its jobs' subjects look like cannot be guessed.`,
    },
    {
      condition:
        '${self.code != 200 || try(jsondecode(self.body).use_default == true, false) || try(jsonencode(jsondecode(self.body).include_claim_keys), "") == "[\\"repo\\",\\"context\\"]"}',
      errorMessage: `GitHub repository "${fullName}" has a subject template of its own or follows its organization's (it answers use_default = false), and the access file does not describe one: no job of it would match this trust. Set the repository back to the default subject, or write the subjects out with "subject".`,
    },
    {
      condition: '${self.code != 200 || can(regex("^.", jsondecode(self.body).sub_claim_prefix))}',
      errorMessage: `GitHub does not say what the subjects of repository "${fullName}" begin with (its answer has no sub_claim_prefix). Set "subjects" of the repository in the access file: "immutable" or "both" with its ids, or "name" if its tokens are known to carry names alone.`,
    },
    {
      condition: `\${self.code != 200 || !can(regex("^.", jsondecode(self.body).sub_claim_prefix)) || can(regex("^repo:(?:(?i:${owner})/[A-Za-z0-9._-]+|(?i:${owner})@[0-9]+/[A-Za-z0-9._-]+@[0-9]+)$", jsondecode(self.body).sub_claim_prefix))}`,
      errorMessage: `Subjects of GitHub repository "${fullName}" begin with \${try(jsonencode(jsondecode(self.body).sub_claim_prefix), "nothing")}, which is not a repository of ${owner}: it was transferred, and trusting it would hand the role to its new owner. Correct the access file.`,
    },
  ];
}
