import { includes, parsePattern } from "../aws/pattern";

/**
 * Whether a pattern of refs that may deploy surely admits all that another one admits. Patterns are those of Ruby's
 * `File.fnmatch`, in which `*` crosses no "/", and `**` between slashes does. Of one with brackets or escapes nothing
 * is sure but that it includes itself.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
 * @see https://docs.ruby-lang.org/en/master/File.html#method-c-fnmatch
 */
export function includesRefs(wider: string, narrower: string): boolean {
  if (wider === narrower) return true;
  if (/[[\\]/.test(wider + narrower)) return false;
  const [wide, narrow] = [wider.split("/"), narrower.split("/")];
  // For each segment of the narrower, and its end: whether what follows it is taken by what follows a segment of the wider.
  let taken = [...narrow.map(() => false), true];
  for (const [index, segment] of [...wide.entries()].reverse()) {
    const isFolders = segment === FOLDERS && index < wide.length - 1;
    const before = [...narrow.map(() => false), false];
    for (let at = narrow.length - 1; at >= 0; at -= 1) {
      const [other = "", isLast] = [narrow[at], at === narrow.length - 1];
      if (isFolders) before[at] = taken[at] === true || (!isLast && before[at + 1] === true);
      else
        before[at] =
          taken[at + 1] === true &&
          (other !== FOLDERS || isLast) &&
          includes(parsePattern(segment), parsePattern(other));
    }
    taken = before;
  }
  return taken[0] === true;
}

/** Before a slash it stands for any number of segments, none included. */
const FOLDERS = "**";
