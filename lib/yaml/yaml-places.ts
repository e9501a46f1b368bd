import { isAlias, isCollection, isMap, isScalar, isSeq, type Alias, type Node, type YAMLMap } from "yaml";
import type { Path } from "./problem";

/** A value in a document, and the key or list entry that it stands under. */
interface Place {
  readonly key: unknown;
  readonly node: unknown;
}

/** Finds where the value at a path stands in a document's text. */
export class YamlPlaces {
  private readonly children = new WeakMap<YAMLMap, Map<string, Place>>();

  /** @param targets what each alias stands for. */
  constructor(
    private readonly root: unknown,
    private readonly targets: ReadonlyMap<Alias, Node>,
  ) {}

  /** Offset of the value at a path, or of its key; of the nearest key above for a path that is not there. */
  offsetOf(path: Path, atKey: boolean): number {
    const { key, node } = this.find(path).place;
    return (atKey || isBelowItsKey(node, key) ? startOf(key) : startOf(node)) ?? startOf(key) ?? 0;
  }

  /** A scalar as it was written. */
  written(path: Path): string | undefined {
    const { place, isThere } = this.find(path);
    const node = this.resolve(place.node);
    return isThere && isScalar(node) ? node.source : undefined;
  }

  private find(path: Path): { readonly place: Place; readonly isThere: boolean } {
    let place: Place = { key: undefined, node: this.root };
    for (const part of path) {
      const child = this.child(this.resolve(place.node), part);
      if (!child) return { place: { key: place.key, node: place.key ?? place.node }, isThere: false };
      place = child;
    }
    return { place, isThere: true };
  }

  private child(node: unknown, part: string | number): Place | undefined {
    if (isSeq(node)) {
      const item = node.items[Number(part)];
      return item === undefined ? undefined : { key: item, node: item };
    }
    return isMap(node) ? this.childrenOf(node).get(String(part)) : undefined;
  }

  /** What a map holds by its keys: looking for each in the list would take the square of their number. */
  private childrenOf(map: YAMLMap): Map<string, Place> {
    let children = this.children.get(map);
    if (!children)
      this.children.set(
        map,
        (children = new Map(
          map.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : "", { key, node: value }]),
        )),
      );
    return children;
  }

  private resolve(node: unknown): unknown {
    return isAlias(node) ? this.targets.get(node) : node;
  }
}

const startOf = (node: unknown): number | undefined => (node as Node | undefined | null)?.range?.[0];

/** Nothing, or lines of its own: whoever looks for it looks for its key. */
function isBelowItsKey(node: unknown, key: unknown): boolean {
  if (node === key) return false;
  if (isCollection(node)) return !node.flow;
  return isScalar(node) && node.value === null && !node.source;
}
