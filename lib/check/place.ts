import type { Location as ModelLocation } from "../model/model";
import type { Location } from "./finding";

/**
 * The place of something of the model. What a TypeScript user wrote has none in a file.
 *
 * @param file what the model was read from, as it was given.
 */
export function placeOf(location: ModelLocation, file: string): Location {
  if (location === null) return { file, line: 1, column: 1 };
  return "address" in location ? { file: location.file ?? file, address: location.address } : location;
}
