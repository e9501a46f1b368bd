import { isAlias, isMap, isScalar, isSeq, type Alias, type Document, type Node } from "yaml";
import type { FileKind } from "./file-kind";
import { MAX_PROBLEMS, quote } from "./problem";
import type { YamlMistake } from "./yaml-mistake";
import { MAX_DEPTH, tooDeep } from "./yaml-parser";

export const RESERVED_KEY = 'key "__proto__": choose another name, JavaScript keeps this one for itself';

/** How much a node holds once its aliases are followed. */
interface Extent {
  readonly size: number;
  readonly height: number;
}

/** What an anchor stands for: known once its node has been read to the end. */
interface Anchored {
  readonly node: Node;
  readonly extent: Extent | undefined;
}

/**
 * Walks a document once, in its order: finds keys given twice, keys that are no names, and aliases
 * that lead nowhere or explode, and remembers what each alias stands for.
 */
export class YamlStructure {
  readonly mistakes: YamlMistake[] = [];
  /** What each alias stands for. */
  readonly targets = new Map<Alias, Node>();
  private readonly anchors = new Map<string, Anchored>();
  private followed = 0;

  /**
   * @param lineOf line of a place in the text.
   */
  constructor(
    document: Document,
    private readonly kind: FileKind,
    private readonly lineOf: (offset: number) => number,
  ) {
    if (document.directives?.yaml.explicit && document.directives.yaml.version !== "1.2")
      this.report(0, `"%YAML ${document.directives.yaml.version}": ${kind.one} is YAML 1.2, take the line away`);
    this.visit(document.contents, 0);
  }

  private report(offset: number, message: string): void {
    if (this.mistakes.length < MAX_PROBLEMS) this.mistakes.push({ offset, message });
  }

  private visit(node: unknown, depth: number): Extent {
    if (isAlias(node)) return this.follow(node, depth);
    const { anchor, tag } = (node ?? {}) as { anchor?: string; tag?: string };
    if (tag !== undefined)
      this.report(
        offsetOf(node),
        `a tag (!name): ${this.kind.one} has none, take it away, or put text that begins with "!" in quotes`,
      );
    if (anchor !== undefined) this.anchors.set(anchor, { node: node as Node, extent: undefined });
    const extent = this.extentOf(node, depth);
    if (anchor !== undefined) this.anchors.set(anchor, { node: node as Node, extent });
    return extent;
  }

  private extentOf(node: unknown, depth: number): Extent {
    if (isSeq(node)) return sum(node.items.map((item) => this.visit(item, depth + 1)));
    if (!isMap(node)) return { size: 1 + (isScalar(node) ? (node.source?.length ?? 0) : 0), height: 0 };
    const offsets = new Map<string, number>();
    return sum(
      node.items.flatMap((pair) => {
        this.checkKey(pair.key, offsets);
        return [this.visit(pair.key, depth + 1), this.visit(pair.value, depth + 1)];
      }),
    );
  }

  private follow(alias: Alias, depth: number): Extent {
    const { node, extent } = this.anchors.get(alias.source) ?? {};
    if (!node || !extent) {
      this.report(
        offsetOf(alias),
        node
          ? "an alias (*name) inside of what it stands for: write the value out"
          : "an alias (*name) before or without its anchor (&name): if it is text, put it in quotes",
      );
      return { size: 1, height: 0 };
    }
    this.targets.set(alias, node);
    const isTooDeep = depth + extent.height > MAX_DEPTH;
    if (isTooDeep) this.report(offsetOf(alias), tooDeep(this.kind));
    const before = this.followed;
    this.followed += extent.size;
    const { maxBytes, one } = this.kind;
    if (before <= maxBytes && this.followed > maxBytes)
      this.report(
        offsetOf(alias),
        `written out, the aliases (*name) up to here have over ${maxBytes} characters: ${one} has fewer, write out what is meant`,
      );
    return isTooDeep ? { size: extent.size, height: 0 } : extent;
  }

  /** @param offsets where each of the map's names was first given. */
  private checkKey(key: unknown, offsets: Map<string, number>): void {
    const offset = offsetOf(key);
    if (!isScalar(key) || typeof key.value !== "string") return this.report(offset, noName(key));
    const first = offsets.get(key.value);
    const wrong =
      first === undefined
        ? reserved(key.value)
        : `key ${quote(key.value)} is also on line ${this.lineOf(first)}: keep one`;
    if (wrong !== undefined) this.report(offset, wrong);
    if (first === undefined) offsets.set(key.value, offset);
  }
}

/** Why a key that is not text cannot stand there. */
function noName(key: unknown): string {
  if (!isScalar(key) || !key.source) return "a key that is no name: write a word before the colon";
  return `key ${key.source} is read as ${key.value === null ? "nothing" : `the ${typeof key.value} ${String(key.value)}`}: put it in quotes, ${quote(key.source)}`;
}

function reserved(name: string): string | undefined {
  if (name === "__proto__") return RESERVED_KEY;
  return name === "<<" ? `key ${quote(name)}: YAML 1.2 has no merge keys, write the keys out` : undefined;
}

function sum(extents: readonly Extent[]): Extent {
  let [size, height] = [1, 0];
  for (const extent of extents) [size, height] = [size + extent.size, Math.max(height, extent.height)];
  return { size, height: height + 1 };
}

const offsetOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;
