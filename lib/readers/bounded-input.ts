import { readSync } from "node:fs";

const CHUNK = 65_536;

/**
 * Reads a descriptor to its end, but hardly more than `most` bytes: standard input may have no end.
 *
 * @returns `undefined` where there is more than that.
 */
export function readBounded(descriptor: number, most: number): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let length = 0; ;) {
    const chunk = Buffer.alloc(CHUNK);
    const read = readSome(descriptor, chunk);
    if (read === 0) return Buffer.concat(chunks);
    length += read;
    if (length > most) return undefined;
    chunks.push(chunk.subarray(0, read));
  }
}

function readSome(descriptor: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      // The other end of the pipe is not ready yet.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
