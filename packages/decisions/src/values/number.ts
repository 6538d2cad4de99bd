/**
 * FEEL counts in decimals, JavaScript in binary fractions. A sum has as many digits behind the point as the longer of its
 * parts, a product as many as both together: 0.1 + 0.2 is 0.3. Null when it is no number that can be written down.
 */
export const plus = (a: number, b: number): number | null => withDigits(a + b, Math.max(digitsOf(a), digitsOf(b)))
export const times = (a: number, b: number): number | null => withDigits(a * b, digitsOf(a) + digitsOf(b))

/** What else is calculated: within the last digit or two of a much shorter decimal, it is that decimal. */
export function decimalOf(result: number): number | null {
  if (Number.isInteger(result)) return result + 0
  if (!Number.isFinite(result)) return null
  const short = Number(result.toPrecision(15))
  return String(short).length + 3 < String(result).length ? short : result
}

/** A double has no more; beyond them there is nothing to be put right. */
const mostDigits = 15

function withDigits(result: number, digits: number): number | null {
  if (Number.isInteger(result)) return result + 0
  if (!Number.isFinite(result)) return null
  return digits > mostDigits || Math.abs(result) >= 1e15 ? decimalOf(result) : Number(result.toFixed(digits)) + 0
}

/** Behind the point. */
function digitsOf(value: number): number {
  if (Number.isInteger(value)) return 0
  const [decimal = '', exponent = '0'] = String(value).split('e')
  const point = decimal.indexOf('.')
  return Math.max(0, (point < 0 ? 0 : decimal.length - point - 1) - Number(exponent))
}

export type Rounding = 'floor' | 'ceiling' | 'up' | 'down' | 'half up' | 'half down' | 'half even'

const smallestScale = -6111
const largestScale = 6176

/** To so many digits behind the point; null when the scale is beyond that of FEEL's numbers. */
export function rounded(value: number, scale: number, rounding: Rounding): number | null {
  const digits = Math.trunc(scale)
  if (digits < smallestScale || digits > largestScale) return null
  // A double has no more digits than these, and moving the point further would lose the number.
  if (digits > 300) return value
  if (digits < -308) return 0
  const moved = movePoint(value, digits)
  return movePoint(roundWhole(moved, rounding), -digits) + 0
}

/** Moves the point of what is written, so that 1.005 becomes 100.5 and not 100.49999999999999. */
function movePoint(value: number, digits: number): number {
  const [digitsOf = '0', exponent = '0'] = String(value).split('e')
  return Number(`${digitsOf}e${Number(exponent) + digits}`)
}

function roundWhole(value: number, rounding: Rounding): number {
  const below = Math.floor(value)
  const part = value - below
  if (part === 0) return value
  switch (rounding) {
    case 'floor':
      return below
    case 'ceiling':
      return below + 1
    case 'up':
      return value > 0 ? below + 1 : below
    case 'down':
      return value > 0 ? below : below + 1
    case 'half up':
      return part > 0.5 || (part === 0.5 && value > 0) ? below + 1 : below
    case 'half down':
      return part > 0.5 || (part === 0.5 && value < 0) ? below + 1 : below
    case 'half even':
      return part > 0.5 || (part === 0.5 && below % 2 !== 0) ? below + 1 : below
  }
}

/** Written out without an exponent. */
export function numberText(value: number): string {
  const text = String(value)
  const cut = text.indexOf('e')
  if (cut < 0) return text
  const sign = value < 0 ? '-' : ''
  const [whole = '', fraction = ''] = text.slice(sign.length, cut).split('.')
  const digits = whole + fraction
  const point = whole.length + Number(text.slice(cut + 1))
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return sign + digits.padEnd(point, '0')
}

export const twoDigits = (n: number): string => String(n).padStart(2, '0')
