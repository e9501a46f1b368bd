import type { Repository } from "../../state/repository";
import { Fields } from "../fields";
import { done, ok, param, type Answer, type Call, type Operation } from "../operation";
import { page } from "../page";
import { onRepository } from "../resolve";
import { commentShape } from "../shapes/comment";

const OF_PULL_REQUEST = "/issues/:issue_number/comments";
const COMMENT = "/issues/comments/:comment_id";
const DOCS = "issues/comments";

/** Comments on pull requests, which to GitHub are issues. Whatever the token, it is a workflow's own that writes them. */
export const comments: readonly Operation[] = [
  ...onRepository("GET", OF_PULL_REQUEST, `${DOCS}#list-issue-comments`, list),
  ...onRepository("POST", OF_PULL_REQUEST, `${DOCS}#create-an-issue-comment`, create),
  ...onRepository("PATCH", COMMENT, `${DOCS}#update-an-issue-comment`, (call, repository) =>
    ok(commentShape(repository.comments.update(numberIn(call, "comment_id"), bodyIn(call)), repository, call.links)),
  ),
  ...onRepository("DELETE", COMMENT, `${DOCS}#delete-an-issue-comment`, (call, repository) => {
    repository.comments.delete(numberIn(call, "comment_id"));
    return done();
  }),
];

const numberIn = (call: Call, name: string): number => Number(param(call, name));

const bodyIn = ({ body }: Call): string => new Fields(body).string("body");

function list(call: Call, repository: Repository): Answer {
  const { items, headers } = page(call, repository.comments.list(numberIn(call, "issue_number")));
  return { status: 200, headers, body: items.map((comment) => commentShape(comment, repository, call.links)) };
}

function create(call: Call, repository: Repository): Answer {
  const comment = repository.comments.add(numberIn(call, "issue_number"), bodyIn(call));
  return { status: 201, body: commentShape(comment, repository, call.links) };
}
