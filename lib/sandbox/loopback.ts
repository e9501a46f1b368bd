import type { Server } from "node:http";

/** The only interface that local servers listen on. */
export const LOOPBACK = "127.0.0.1";

/** @param port @default any that is free */
export const listenOnLoopback = (server: Server, port = 0): Promise<void> =>
  new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, resolve);
  });

/** Closes every connection and stops listening. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
