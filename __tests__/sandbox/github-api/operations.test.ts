import { OPERATIONS } from "../../../lib/sandbox/github-api/http/operations";
import { describedOperations, documentationOf, operationOf } from "./support/openapi";

const key = ({ method, path }: { readonly method: string; readonly path: string }) => `${method} ${path}`;

/** An address of an operation, with something in place of each parameter. */
const sample = (path: string): string => path.replace(/:[a-z_]+/g, "x");

describe("the operations of the local API", () => {
  test.each(OPERATIONS.map((operation) => [key(operation), operation] as const))(
    "%s is described by GitHub, with the page that its errors point at",
    (_, operation) => {
      const described = operationOf(operation.method, sample(operation.path));
      expect({ described }).toEqual({ described: expect.any(String) });
      expect(`https://docs.github.com/rest/${operation.documentation}`).toBe(documentationOf(described ?? ""));
    },
  );

  test("are all that the slice of GitHub's description holds", () => {
    const served = OPERATIONS.map(({ method, path }) => operationOf(method, sample(path)));
    expect(describedOperations.filter((operation) => !served.includes(operation))).toEqual([]);
  });

  test("are each declared once", () => {
    const keys = OPERATIONS.map(key);
    expect(keys.filter((name, index) => keys.indexOf(name) !== index)).toEqual([]);
  });
});
