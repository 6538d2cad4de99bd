export type DayOrder = 'day first' | 'month first'

/** Which of two numbers is the day, for who speaks this. Undefined where they write it both ways, as in English. */
export function dayOrder(language: string | undefined): DayOrder | undefined {
  if (language === undefined || language.toLowerCase() === 'en') return undefined
  if (!known.has(language)) {
    if (known.size > 100) known.clear()
    known.set(language, writtenIn(language))
  }
  return known.get(language)
}

const known = new Map<string, DayOrder | undefined>()

function writtenIn(language: string): DayOrder | undefined {
  try {
    const parts = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'numeric', calendar: 'gregory' })
      .formatToParts(0)
      .map(({ type }) => type)
    return parts.indexOf('day') < parts.indexOf('month') ? 'day first' : 'month first'
  } catch {
    return undefined
  }
}
