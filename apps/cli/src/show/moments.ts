const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const

/** `3 d 4 h`, `12 s`: the two largest parts. */
export function span(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`
  const parts: string[] = []
  let left = ms
  for (const [unit, size] of units) {
    const count = Math.floor(left / size)
    if (count > 0) parts.push(`${count} ${unit}`)
    left -= count * size
    if (parts.length === 2) break
  }
  return parts.join(' ')
}

/** `12 s ago`, or `in 4 m`. */
export function since(at: number, now: number): string {
  if (Math.abs(at - now) < 1_000) return 'just now'
  return at < now ? `${span(now - at)} ago` : `in ${span(at - now)}`
}

/** UTC, so that two people compare the same text. */
export const moment = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, 19)
