const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Largest first. A day is 24 hours here; months and years have no fixed length and are refused. */
const units: readonly [short: string, ms: number, words: readonly string[]][] = [
  ['w', 7 * dayMs, ['w', 'week', 'weeks']],
  ['d', dayMs, ['d', 'day', 'days']],
  ['h', hourMs, ['h', 'hr', 'hrs', 'hour', 'hours']],
  ['m', minuteMs, ['m', 'min', 'mins', 'minute', 'minutes']],
  ['s', secondMs, ['s', 'sec', 'secs', 'second', 'seconds']],
  ['ms', 1, ['ms', 'millisecond', 'milliseconds']],
]
const sizes = new Map(units.flatMap(([, ms, words]) => words.map((word) => [word, ms] as const)))

const longest = 100
const written = /^\d+(?:\.\d+)? *[a-z]+(?: *,? *\d+(?:\.\d+)? *[a-z]+)*$/
const part = /(\d+(?:\.\d+)?) *([a-z]+)/g
const iso = /^P(?:(\d+)W|(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?)$/

/** Milliseconds of `10m`, `2h`, `1h 30m`, `3 days`, `P1D`, `PT15M`. Undefined when the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim()
  if (trimmed.length > longest) return undefined
  const ms = parseIso(trimmed) ?? parseWords(trimmed.toLowerCase())
  return ms !== undefined && Number.isSafeInteger(ms) ? ms : undefined
}

function parseIso(text: string): number | undefined {
  const found = iso.exec(text)
  if (!found || !/\d[A-Z]$/.test(text)) return undefined
  const [, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0'] = found
  return sum([
    [weeks, 7 * dayMs],
    [days, dayMs],
    [hours, hourMs],
    [minutes, minuteMs],
    [seconds, secondMs],
  ])
}

function parseWords(text: string): number | undefined {
  if (!written.test(text)) return undefined
  const parts = [...text.matchAll(part)].map(([, amount, word]) => [amount, sizes.get(word ?? '')] as const)
  // Each unit once: `1h 1h` is a slip of the pen.
  return new Set(parts.map(([, ms]) => ms)).size === parts.length ? sum(parts) : undefined
}

/** Rounded, because 1.1 s in binary is not quite 1100 ms. */
function sum(parts: readonly (readonly [amount: string | undefined, ms: number | undefined])[]): number | undefined {
  let total = 0
  for (const [amount, ms] of parts) {
    if (ms === undefined) return undefined
    total += Math.round(Number(amount) * ms)
  }
  return total
}

/** The shortest text that `parseDuration` reads back: `1h 30m`. Weeks are written as days. */
export function formatDuration(ms: number): string {
  const parts: string[] = []
  let left = ms
  for (const [short, size] of units.slice(1)) {
    const amount = Math.floor(left / size)
    if (amount > 0) parts.push(`${amount}${short}`)
    left -= amount * size
  }
  return parts.join(' ') || '0s'
}
