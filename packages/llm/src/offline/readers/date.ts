import { plain } from '../words.ts'
import { lastMeant, type Found, type Reader } from '../reading.ts'

const months = [
  /^(?:jan|ene)/,
  /^feb/,
  /^mar(?!tes)/,
  /^(?:apr|abr)/,
  /^may/,
  /^jun/,
  /^jul/,
  /^(?:aug|ago)/,
  /^se[pt]/,
  /^oct/,
  /^nov/,
  /^(?:dec|dic)/,
]
const monthName =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)'
const weekdays = [
  ['sunday', 'domingo'],
  ['monday', 'lunes'],
  ['tuesday', 'martes'],
  ['wednesday', 'miercoles'],
  ['thursday', 'jueves'],
  ['friday', 'viernes'],
  ['saturday', 'sabado'],
]
const dayMs = 86_400_000

/** ISO dates of what was said. A date that two countries read differently (03/04/2026) is left to be asked again. */
export const readDate: Reader = (_field, reading) => {
  const text = plain(reading.text)
  // places are only comparable when folding kept the length; without places nothing could be claimed
  if (text.length !== reading.text.length) return undefined
  const today = new Date(`${reading.task.today.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(today.getTime())) return undefined
  return lastMeant(
    reading,
    forms.flatMap(({ pattern, read }) =>
      [...text.matchAll(pattern)].flatMap((match): Found[] => {
        const value = read(match, today)
        return value === undefined ? [] : [{ start: match.index, end: match.index + match[0].length, value }]
      }),
    ),
  )
}

const forms: { pattern: RegExp; read: (match: RegExpMatchArray, today: Date) => string | undefined }[] = [
  {
    pattern: /(?<![\w-])(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\w-])/g,
    read: ([, y, m, d]) => civil(Number(y), Number(m), Number(d)),
  },
  {
    pattern: /(?<![\w/.])(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?![\w/])/g,
    read: ([, a, b, y]) => {
      const [first, second] = [Number(a), Number(b)]
      if (first > 12 || first === second) return civil(Number(y), second, first)
      return second > 12 ? civil(Number(y), first, second) : undefined
    },
  },
  {
    pattern: new RegExp(String.raw`\b${monthName}\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?(?![\d:])`, 'g'),
    read: ([, month, day, year], today) => named(month, day, year, today),
  },
  {
    pattern: new RegExp(
      String.raw`\b(\d{1,2})(?:st|nd|rd|th)?(?: of| de)? ${monthName}\b(?:,?(?: de| del)? (\d{4}))?`,
      'g',
    ),
    read: ([, day, month, year], today) => named(month, day, year, today),
  },
  {
    pattern: /\b(today|tomorrow|yesterday|day before yesterday|hoy|ayer|anteayer|pasado manana|manana)\b/g,
    read: ([, word = ''], today) => shift(today, relative[word] ?? 0),
  },
  {
    pattern: /\b(\d{1,3}) days? ago\b|\bhace (\d{1,3}) dias?\b/g,
    read: ([, en, es], today) => shift(today, -Number(en ?? es)),
  },
  {
    pattern: new RegExp(String.raw`\b(last |next |this |el proximo |el pasado )?(${weekdays.flat().join('|')})\b`, 'g'),
    read: ([, when = '', name = ''], today) => {
      const ahead = (weekdays.findIndex((names) => names.includes(name)) - today.getUTCDay() + 7) % 7 || 7
      return shift(today, /last|pasado/.test(when) ? ahead - 7 || -7 : ahead)
    },
  },
]

const relative: Record<string, number> = {
  today: 0,
  hoy: 0,
  tomorrow: 1,
  manana: 1,
  'pasado manana': 2,
  yesterday: -1,
  ayer: -1,
  anteayer: -2,
  'day before yesterday': -2,
}

/** Without a year: the one that brings it nearest to today. */
function named(month = '', day = '', year: string | undefined, today: Date): string | undefined {
  const number = months.findIndex((name) => name.test(month)) + 1
  if (year !== undefined) return civil(Number(year), number, Number(day))
  const here = today.getUTCFullYear()
  const distance = (date: string): number => Math.abs(Date.parse(date) - today.getTime())
  return [here - 1, here, here + 1]
    .flatMap((one) => civil(one, number, Number(day)) ?? [])
    .sort((a, b) => distance(a) - distance(b))[0]
}

const shift = (today: Date, days: number): string => new Date(today.getTime() + days * dayMs).toISOString().slice(0, 10)

/** Undefined for the 31st of February. */
function civil(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.toISOString().slice(0, 10) : undefined
}
