/** Whether something the story needs is on this machine, and if not, a sentence saying so. */
export type Probe =
  { readonly found: true; readonly version: string } | { readonly found: false; readonly reason: string };

export const found = (version: string): Probe => ({ found: true, version });

export const missing = (reason: string): Probe => ({ found: false, reason });
