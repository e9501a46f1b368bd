/** The path names a repository by a name that it had before. */
export class RepositoryMoved extends Error {
  override readonly name = "RepositoryMoved";

  constructor(readonly repositoryId: number) {
    super("Moved Permanently");
  }
}
