// Offsets of the abbreviations one published client sends, in minutes.
const ABBREVIATIONS: ReadonlyMap<string, number> = new Map([
  ['', 0],
  ['Z', 0],
  ['UTC', 0],
  ['GMT', 0],
  ['EST', -300],
  ['EDT', -240],
  ['CST', -360],
  ['CDT', -300],
  ['MST', -420],
  ['MDT', -360],
  ['PST', -480],
  ['PDT', -420],
  ['CET', 60],
  ['CEST', 120],
]);

/**
 * The moment of a date `YYYY-MM-DD`, a time `HH:MM:SS` and a zone, which is `+HH:MM`, `+HHMM`, an abbreviation or
 * nothing for UTC. @returns milliseconds since the epoch; undefined when it is none.
 */
export function parseExpiration(date: string, time: string, zone: string): number | undefined {
  const offset = offsetMinutes(zone.trim());
  if (offset === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}:\d{2}$/.test(time))
    return undefined;
  const local = Date.parse(`${date}T${time}Z`);
  // A day such as 31 February is taken for one in March.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(date)) return undefined;
  return local - offset * 60_000;
}

function offsetMinutes(zone: string): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  if (sign === undefined) return ABBREVIATIONS.get(zone.toUpperCase());
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
