import { Refusal, type RefusalReason } from "../state/refusal";
import type { Answer } from "./operation";

const DOCUMENTATION = "https://docs.github.com/rest";

const STATUS: Readonly<Record<RefusalReason, number>> = {
  unreadable: 400,
  plan: 403,
  missing: 404,
  taken: 409,
  conflict: 409,
  invalid: 422,
};

/** An error in GitHub's form. `documentation` is a page of the REST documentation. */
export const errorAnswer = (status: number, message: string, documentation?: string): Answer => ({
  status,
  body: {
    message,
    documentation_url: documentation ? `${DOCUMENTATION}/${documentation}` : DOCUMENTATION,
    status: String(status),
  },
});

/** What a failed operation answers. An error of the server's own tells nothing about its inside. */
export const answerToError = (error: unknown, documentation?: string): Answer =>
  error instanceof Refusal
    ? errorAnswer(STATUS[error.reason], error.message, documentation)
    : errorAnswer(500, "Server Error", documentation);

/** Where a repository went. Reads are moved for good; a write keeps its method and body only on a 307. */
export const movedAnswer = (method: string, url: string): Answer => ({
  status: method === "GET" ? 301 : 307,
  headers: { location: url },
  body: {
    message: "Moved Permanently",
    url,
    documentation_url: `${DOCUMENTATION}/guides/best-practices-for-using-the-rest-api#follow-redirects`,
  },
});
