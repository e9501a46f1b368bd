/** Reads props, and puts the path of their construct before what is wrong with them. */
export function located<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof RangeError ? new RangeError(`${path}: ${error.message}`) : error;
  }
}
