/**
 * FEEL counts in decimals, JavaScript in binary fractions. A result that lies within the last digit or two of a much
 * shorter decimal is that decimal: 0.1 + 0.2 is 0.3, 3 * 1.1 is 3.3, and a third stays what it is. Null when it is no
 * number that can be written down.
 */
export function decimalOf(result: number): number | null {
  if (Number.isInteger(result)) return result + 0
  if (!Number.isFinite(result)) return null
  const short = Number(result.toPrecision(15))
  return String(short).length + 3 < String(result).length ? short : result
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
