import { closes } from "../../lib/review/gate";
import { GATES, type Review } from "../../lib/review/review";
import { reviewOf } from "../../lib/review/review-of";
import { admission, NO_ACCESS, permission, planOf, protection, unknown, value } from "./reviews";

const review = (otherwise: Partial<Review>): Review => ({ ...reviewOf([planOf(NO_ACCESS)]), ...otherwise });
const errored = reviewOf([planOf(NO_ACCESS, NO_ACCESS, { errored: true })]);
const perhaps = admission(undefined, { certain: false });

/** Which gates close, and why the strictest does. */
test.each<[string, Review, readonly string[], string[]]>([
  ["nothing", review({}), [], []],
  [
    "somebody gains access",
    review({ gained: [admission()] }),
    ["gained", "widened", "weakened"],
    ["1 role now grants access; it granted none before"],
  ],
  [
    "somebody may gain access",
    review({ gained: [perhaps, perhaps] }),
    ["gained", "widened", "weakened"],
    ["2 roles now grant access; they granted none before"],
  ],
  [
    "something is not known that may admit",
    review({ unknown: [unknown(true)] }),
    ["gained", "widened", "weakened"],
    ["1 thing could not be known that may let somebody in"],
  ],
  ["something else is not known", review({ unknown: [unknown(false)] }), [], []],
  [
    "a plan ended with an error",
    errored,
    ["gained", "widened", "weakened"],
    ["a plan ended with an error: it is incomplete"],
  ],
  [
    "a role is widened",
    review({ widened: [admission()] }),
    ["widened", "weakened"],
    ["1 role lets in more than before"],
  ],
  [
    "a role is perhaps widened",
    review({ widened: [perhaps] }),
    ["widened", "weakened"],
    ["1 role lets in more than before"],
  ],
  [
    "an environment is weaker",
    review({ protection: [protection("weaker")] }),
    ["weakened"],
    ["1 protection is weaker, or may be"],
  ],
  [
    "an environment is other than it was",
    review({ protection: [protection("changed"), protection("changed")] }),
    ["weakened"],
    ["2 protections are weaker, or may be"],
  ],
  ["an environment is stronger", review({ protection: [protection("stronger")] }), [], []],
  [
    "a role can do more",
    review({ permissions: [permission("more")] }),
    ["weakened"],
    ["1 permission gives a role more, or may"],
  ],
  [
    "a role can do something else",
    review({ permissions: [permission("changed"), permission("more")] }),
    ["weakened"],
    ["2 permissions give roles more, or may"],
  ],
  ["a role can do less", review({ permissions: [permission("less")] }), [], []],
  [
    "somebody loses access, and values change",
    review({ lost: [admission()], narrowed: [admission()], values: [value("X")] }),
    [],
    [],
  ],
])("when %s", (_, given, gates, reasons) => {
  expect(GATES.filter((gate) => closes(given, gate).length > 0)).toEqual(gates);
  expect(closes(given, "weakened")).toEqual(reasons);
  expect(closes(given, "none")).toEqual([]);
});

test("a stricter gate gives the reasons of the others as well", () => {
  const all = review({ gained: [admission()], widened: [admission()], protection: [protection("weaker")] });
  expect(closes(all, "weakened")).toEqual([...closes(all, "widened"), "1 protection is weaker, or may be"]);
  expect(closes(all, "widened")).toEqual([...closes(all, "gained"), "1 role lets in more than before"]);
});
