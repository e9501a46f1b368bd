export { cover, difference, includesAny, MAX_SETS, MAX_STEPS, type Cover } from "./cover";
export { escape, includes, type Work } from "./inclusion";
export { intersects, meet } from "./meet";
export {
  ANY,
  concat,
  exactText,
  example,
  fill,
  formatPattern,
  isUniversal,
  literalPattern,
  matches,
  ONE,
  parsePattern,
  shortest,
  unmentioned,
  type Pattern,
  type Token,
} from "./pattern";
