/** `5400` as people say it: `1 h 30 min`. */
export function describeDuration(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60), seconds % 60];
  return [hours ? `${hours} h` : "", minutes ? `${minutes} min` : "", rest ? `${rest} s` : ""]
    .filter(Boolean)
    .join(" ");
}
