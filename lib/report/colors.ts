import pc from "picocolors";

/** How a text for people is marked up: not at all, unless it goes to a terminal that wants colour. */
export interface Colors {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly warning: (text: string) => string;
}

/** @param terminal whether the text goes to a terminal. `NO_COLOR` is honoured. */
export function colors(terminal: boolean): Colors {
  const { bold, dim, yellow } = pc.createColors(terminal && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb");
  return { bold, dim, warning: yellow };
}
