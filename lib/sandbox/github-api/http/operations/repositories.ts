import { ok, type Operation } from "../operation";
import { onRepository } from "../resolve";
import { fullRepository } from "../shapes/repository";

/** Repositories themselves. */
export const repositories: readonly Operation[] = [
  ...onRepository("GET", "", "repos/repos#get-a-repository", (call, repository) =>
    ok(fullRepository(repository, call.links)),
  ),
];
