import type { Comment } from "../../state/comments";
import type { Repository } from "../../state/repository";
import { simpleAccount } from "./account";
import { nodeId, type Links } from "./links";

/** A comment on a pull request. */
export function commentShape(
  { id, number, author, body, createdAt, updatedAt }: Comment,
  { fullName }: Repository,
  links: Links,
) {
  const api = `${links.api}/repos/${fullName}`;
  return {
    id,
    node_id: nodeId("IssueComment", id),
    url: `${api}/issues/comments/${id}`,
    html_url: `${links.web}/${fullName}/pull/${number}#issuecomment-${id}`,
    issue_url: `${api}/issues/${number}`,
    user: simpleAccount(author, links),
    created_at: createdAt,
    updated_at: updatedAt,
    author_association: author.type === "Bot" ? "NONE" : "CONTRIBUTOR",
    body,
    performed_via_github_app: null,
  };
}
