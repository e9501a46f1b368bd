import type { Gate, Review } from "./review";

/**
 * Why a gate stays closed, each reason in words; none where it opens. What is not certain counts as if it
 * were, and so does what could not be known and may hide that somebody is let in.
 *
 * A gate closes for whatever a less strict one closes for.
 */
export function closes(review: Review, gate: Gate): string[] {
  switch (gate) {
    case "none":
      return [];
    case "gained":
      return whoIsLetIn(review);
    case "widened":
      return [
        ...whoIsLetIn(review),
        ...reasons(review.widened, "role lets in more than before", "roles let in more than before"),
      ];
    case "weakened":
      return [...closes(review, "widened"), ...whatIsWeaker(review)];
  }
}

function whoIsLetIn({ gained, unknown, summary }: Review): string[] {
  return [
    ...reasons(
      gained,
      "role now grants access; it granted none before",
      "roles now grant access; they granted none before",
    ),
    ...reasons(
      unknown.filter(({ mayAdmit }) => mayAdmit),
      "thing could not be known that may let somebody in",
      "things could not be known that may let somebody in",
    ),
    ...(summary.errored ? ["a plan ended with an error: it is incomplete"] : []),
  ];
}

function whatIsWeaker({ protection, permissions }: Review): string[] {
  return [
    ...reasons(
      protection.filter(({ direction }) => direction !== "stronger"),
      "protection is weaker, or may be",
      "protections are weaker, or may be",
    ),
    ...reasons(
      permissions.filter(({ direction }) => direction !== "less"),
      "permission gives a role more, or may",
      "permissions give roles more, or may",
    ),
  ];
}

const reasons = (changes: readonly unknown[], one: string, many: string): string[] =>
  changes.length === 0 ? [] : [`${changes.length} ${changes.length === 1 ? one : many}`];
