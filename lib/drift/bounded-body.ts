/**
 * The body of an answer as text, as far as it is at most `most` bytes: they are counted as they come, unpacked, so that
 * neither a wrong length nor a small packed body brings more.
 *
 * @returns `undefined` for more than that, of which the rest is not waited for.
 */
export async function boundedBody(response: Response, most: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop cancels the body.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > most) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
