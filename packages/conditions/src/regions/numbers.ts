import { numeric, spelledDigits } from '../comparing/numeric.ts'
import type { Cell } from './cell.ts'

/** The real line, cut at some numbers: below the first, on it, between it and the second, … */
export interface NumberLine {
  /** Counted from below; odd on a cut. */
  position: (value: number) => number
  /** The first sample is the one to show. Empty stretches, between neighbouring doubles, are left out. */
  stretches: { position: number; label: string; samples: number[] }[]
}

export function numberLine(sorted: readonly number[]): NumberLine {
  const stretches: NumberLine['stretches'] = []
  for (let position = 0; position <= 2 * sorted.length; position++) {
    const [below, above] = [sorted[Math.ceil(position / 2) - 1], sorted[Math.floor(position / 2)]]
    const samples = position % 2 === 1 ? [above ?? 0] : between(below ?? -Infinity, above ?? Infinity)
    if (samples.length > 0) stretches.push({ position, label: label(below, above), samples })
  }
  return { position: (value) => positionIn(sorted, value, (a, b) => a - b), stretches }
}

/** Twice the number of cuts below, and one more on a cut. */
export function positionIn<T>(sorted: readonly T[], value: T, compare: (a: T, b: T) => number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const order = compare(sorted[middle] as T, value)
    if (order === 0) return 2 * middle + 1
    if (order < 0) low = middle + 1
    else high = middle
  }
  return 2 * low
}

function label(below: number | undefined, above: number | undefined): string {
  if (below === undefined) return above === undefined ? 'a number' : `below ${above}`
  if (above === undefined) return `above ${below}`
  return below === above ? String(above) : `between ${below} and ${above}`
}

/** Numbers strictly between, the ones to show first. */
function between(below: number, above: number): number[] {
  const whole = [Math.floor(below) + 1, Math.ceil(above) - 1]
  const middle = [below + (above - below) / 2, below / 2 + above / 2]
  const far = [1, 0, below * 2, below / 2, above * 2, above / 2, 1e39, -1e39, Number.MAX_VALUE, -Number.MAX_VALUE]
  const coarse = middle.filter(Number.isFinite).map((value) => Number(value.toFixed(spelledDigits)))
  const within = (value: number): boolean => Number.isFinite(value) && value > below && value < above
  return [...new Set([...whole, ...middle, ...coarse, ...far].filter(within))].map((value) => value + 0)
}

/** Text that counts as the number, where there is such text: no exponents, and not too many digits. */
export function spell(value: number): string | undefined {
  const whole = Number.isInteger(value) ? [BigInt(value).toString()] : []
  const texts = [String(value), ...whole, value.toFixed(spelledDigits).replace(/\.?0+$/, '')]
  return texts.find((text) => numeric(text) === value)
}

export function numberCells({ position, stretches }: NumberLine): Cell[] {
  return stretches.map((stretch) => ({
    kind: 'number',
    label: stretch.label,
    sample: stretch.samples[0] ?? null,
    has: (value) => typeof value === 'number' && position(value) === stretch.position,
    rest: stretches.length === 1,
    twin: `number ${stretch.position}`,
  }))
}
