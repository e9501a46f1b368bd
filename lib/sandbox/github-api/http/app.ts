import { Hono } from "hono";
import { Refusal } from "../state/refusal";
import { addressOf } from "./address";
import { authenticate } from "./authenticate";
import type { App, AppCall, AppContext } from "./context";
import { answerToError, errorAnswer, movedAnswer } from "./errors";
import { injectFaults } from "./inject-faults";
import { observe } from "./observe";
import type { Answer, Operation } from "./operation";
import { OPERATIONS } from "./operations";
import { limitBody, readRequest } from "./read-request";
import { RepositoryMoved } from "./repository-moved";
import { toResponse } from "./response";

/** The routes, and around them what GitHub does with every request. */
export function createApp(context: AppContext): Hono<App> {
  // Paths stay encoded until a parameter is read: an environment's name may hold a slash or a percent sign.
  const app = new Hono<App>({ getPath: ({ url }) => addressOf(url, context.server).path });
  app.use(observe(context), authenticate(context), limitBody, readRequest(context), injectFaults(context));
  for (const operation of OPERATIONS)
    app.on(operation.method, operation.path, (c) => toResponse(answer(operation, c, context)));
  app.notFound(() => toResponse(errorAnswer(404, "Not Found")));
  app.onError((error, c) => toResponse(failed(error, c)));
  return app;
}

function answer(operation: Operation, c: AppCall, { state, server }: AppContext): Answer {
  const { links, path, search } = addressOf(c.req.url, server);
  const query = new URLSearchParams(search);
  try {
    return operation.handle({ state, params: c.req.param(), query, body: c.var.body, links });
  } catch (error) {
    if (!(error instanceof RepositoryMoved)) return failed(error, c, operation.documentation);
    const rest = path
      .split("/")
      .slice(4)
      .map((part) => `/${part}`)
      .join("");
    return movedAnswer(c.req.method, `${links.api}/repositories/${error.repositoryId}${rest}${search}`);
  }
}

/** Errors of the server's own are kept for the log; the client learns no more than that there was one. */
function failed(error: unknown, c: AppCall, documentation?: string): Answer {
  if (!(error instanceof Refusal)) c.set("error", error);
  return answerToError(error, documentation);
}
