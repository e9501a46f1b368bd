/** Whether a text is a day of the calendar in ISO's form, as `2027-01-31`. */
export function isDay(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  // A 31st of February would become another day.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
