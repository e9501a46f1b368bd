/** Says on a terminal what takes its time; silent elsewhere, and for what is done within a second. */
export class Progress {
  private readonly started = Date.now();
  private shown = false;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** What is being done from now on. */
  step(text: string): void {
    if (!this.stream.isTTY || Date.now() - this.started < 1_000) return;
    this.shown = true;
    this.stream.write(`\r\u001b[2K${text} …`);
  }

  /** Leaves the line empty for what follows. */
  done(): void {
    if (this.shown) this.stream.write("\r\u001b[2K");
    this.shown = false;
  }
}
