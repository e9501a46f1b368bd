import { Template, type Value } from "./resource";

/** Stands for what is marked sensitive: any value may be there. */
export class Withheld extends Template {
  /** @param place address and argument: what is not known is told apart by where it is */
  constructor(readonly place: string) {
    super([{ unknown: reasonOf(place) }]);
  }
}

/** Why a value that is marked sensitive is not known. */
export const reasonOf = (place: string): string => `${place} (marked sensitive)`;

/** Whether a value is withheld as a whole. */
export const isWithheld = (value: Value | undefined): value is Withheld => value instanceof Withheld;

/** Why a value is not known: that it is marked, or else what its reader says. */
export const whyUnknown = (value: Value | undefined, otherwise: string): { readonly unknown: string } => ({
  unknown: isWithheld(value) ? reasonOf(value.place) : otherwise,
});
