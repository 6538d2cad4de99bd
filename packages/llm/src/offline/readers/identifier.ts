import type { Field } from '@copse/contracts'
import { perField } from '../per-field.ts'
import { isFree, isNegated, isQuantity, lastMeant, type Found, type Reader, type Reading } from '../reading.ts'

/**
 * Order numbers, alert numbers, bookings: examples generalised into a shape. "ORD-123", "order 456" become
 * `ORD-<digits>`, also written "ord 123", "order #456" or "order number 456". A number alone is an identifier only when
 * it was asked for.
 */
export const readIdentifier: Reader = (field, reading, asked) => {
  const shapes = shapesOf(field)
  const whole = shapes.flatMap((shape) => findWhole(shape, reading.text))
  if (isOneOfTwo(reading, whole)) return undefined
  return (
    lastMeant(reading, whole) ??
    lastMeant(reading, findLabelled(field, shapes, reading.text)) ??
    (asked ? readBare(field, shapes, reading) : undefined)
  )
}

/** "ORD-123 and ORD-456" is no correction: acting on either would be a guess. */
function isOneOfTwo(reading: Reading, found: Found[]): boolean {
  const ordered = found.filter((one) => !isNegated(reading, one.start)).sort((a, b) => a.start - b.start)
  return ordered.some((one, index) => {
    const next = ordered[index + 1]
    if (!next || next.value === one.value) return false
    return /^\s*,?\s*(?:and|or|&|\+|y|o)\s+$/i.test(reading.text.slice(one.end, next.start))
  })
}

interface Run {
  kind: 'letters' | 'digits' | 'separator'
  text: string
}

/** Runs of one example code. Letters stay as they are when all examples agree on them. */
interface Shape {
  runs: Run[]
  literal: boolean
  /** Digits of the shortest example: fewer are not an identifier. */
  digits: number
  /** FA-001: zero-padded to this width. */
  padTo: number
  /** Finds it as written; nothing finds one without letters but a label or a question. */
  pattern: RegExp | undefined
}

/** "order 456" names the thing and then gives the code. */
const codeIn = (example: string): string => example.replace(/^[A-Za-z]+[\s#:]+/, '').trim()

const shapesOf = perField((field: Field): Shape[] => {
  const byStructure = new Map<string, Run[][]>()
  for (const example of field.examples) {
    const runs = runsOf(codeIn(example))
    if (!runs.some((run) => run.kind === 'digits')) continue
    const structure = runs.map((run) => (run.kind === 'separator' ? run.text : run.kind)).join('|')
    byStructure.set(structure, [...(byStructure.get(structure) ?? []), runs])
  }
  return [...byStructure.values()].map(shapeOf)
})

function shapeOf(examples: Run[][]): Shape {
  const runs = examples[0] ?? []
  const digitRuns = examples.map((example) => example.find((run) => run.kind === 'digits')?.text ?? '')
  const widths = digitRuns.map((digits) => digits.length)
  const literal = examples.every((example) => spell(example) === spell(runs))
  return {
    runs,
    literal,
    pattern: patternOf(runs, literal),
    digits: Math.min(...widths),
    padTo: digitRuns.some((digits) => digits.startsWith('0')) ? Math.max(...widths) : 0,
  }
}

const spell = (runs: Run[]): string =>
  runs
    .filter((run) => run.kind === 'letters')
    .map((run) => run.text)
    .join(' ')

function runsOf(code: string): Run[] {
  return [...code.matchAll(/[A-Za-z]+|\d+|[^A-Za-z\d]+/g)].map(([text]) => ({
    kind: /^\d/.test(text) ? 'digits' : /^[A-Za-z]/.test(text) ? 'letters' : 'separator',
    text,
  }))
}

/** In any case and with any usual separator. */
function patternOf(runs: Run[], literal: boolean): RegExp | undefined {
  if (!runs.some((run) => run.kind === 'letters')) return undefined
  const single = runs.filter((run) => run.kind === 'digits').length === 1
  const loose = literal && spell(runs).length > 1
  const source = runs
    .map((run) => {
      if (run.kind === 'digits') return single ? String.raw`(\d{1,18})` : String.raw`(\d{${run.text.length}})`
      if (run.kind === 'separator') return loose ? '[-–—_/#:. ]{0,2}' : '[-–—_/#:.]'
      return literal ? `(${run.text})` : `([A-Z]{${run.text.length}})`
    })
    .join('')
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${source}(?![\p{L}\p{N}]|[-–.,]\d)`, 'giu')
}

function findWhole(shape: Shape, text: string): Found[] {
  if (!shape.pattern) return []
  return [...text.matchAll(shape.pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    value: compose(shape, match.slice(1)),
  }))
}

/** The author's own spelling: separators and the case of letters as in the example. */
function compose(shape: Shape, parts: string[]): string {
  let at = 0
  return shape.runs
    .map((run) => {
      if (run.kind === 'separator') return run.text
      const part = parts[at++] ?? ''
      if (run.kind === 'digits') return part.padStart(shape.padTo, '0')
      return shape.literal ? run.text : part.toUpperCase()
    })
    .join('')
}

/** A full identifier from its digits, when there is only one way to complete it. */
function complete(shapes: Shape[], digits: string): string | undefined {
  const lettered = shapes.filter((shape) => shape.runs.some((run) => run.kind === 'letters'))
  if (lettered.length === 0) return digits
  const [shape] = lettered
  if (lettered.length > 1 || !shape?.literal) return undefined
  if (shape.runs.filter((run) => run.kind === 'digits').length !== 1) return undefined
  return compose(
    shape,
    shape.runs.filter((run) => run.kind !== 'separator').map((run) => (run.kind === 'digits' ? digits : run.text)),
  )
}

const fewestDigits = (shapes: Shape[]): number =>
  shapes.some((shape) => shape.padTo > 0) ? 1 : Math.min(4, ...shapes.map((shape) => shape.digits))

/** Keys are English by custom; customers are not. */
const inSpanish = new Map([
  ['order', 'pedido'],
  ['alert', 'alerta'],
  ['booking', 'reserva'],
  ['reservation', 'reserva'],
  ['account', 'cuenta'],
  ['case', 'caso'],
  ['invoice', 'factura'],
])

/** "order 456", "order #456", "alert number 42": the label comes from the key and from the examples. */
const labelledPattern = perField((field: Field): RegExp | undefined => {
  const fromKey = field.key.toLowerCase().replace(/_?(?:id|no|nr|num|number|code|ref|reference)$/, '')
  const labels = field.examples.map((example) => /^([A-Za-z]{3,20})[\s#:]+\S*\d/.exec(example)?.[1]?.toLowerCase())
  const thing = fromKey.split('_').at(-1) ?? ''
  const known = [...new Set([...labels, thing, inSpanish.get(thing)])].filter((label) => label?.match(/^[a-z]{3,20}$/))
  if (known.length === 0) return undefined
  return new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?:${known.join('|')})( ?(?:#|id|number|num|no\.?|nr\.?|nº|número)[:# ]{0,2}|[: ]{1,2})(?:is )?(\d{1,18})(?![\p{L}\p{N}%€]|[-–.,:]\d)`,
    'giu',
  )
})

function findLabelled(field: Field, shapes: Shape[], text: string): Found[] {
  const pattern = labelledPattern(field)
  if (!pattern) return []
  const minimum = fewestDigits(shapes)
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [whole, marker = '', digits = ''] = match
    const end = match.index + whole.length
    if (isQuantity(text, end)) return []
    if (digits.length < minimum && !/[#\p{L}º]/u.test(marker)) return []
    const value = complete(shapes, digits)
    return value === undefined ? [] : [{ start: match.index, end, value }]
  })
}

const approximate = /\b(?:about|around|roughly|approximately|paid|cost|for|unos|unas|cuesta|cost[oó])\s*$/i

/** "789", "it's 789", "#789": a short reply with exactly one number in it. */
function readBare(field: Field, shapes: Shape[], reading: Reading): Found | undefined {
  if (reading.words.length > 6) return undefined
  if (field.examples.length === 0) return readAnyCode(reading)
  const pattern = /(?<![\p{L}\p{N}.,:/$€£-])#?(\d{1,18})(?![\p{L}\p{N}%€]|[-–.,:/]\d)/gu
  const numbers = [...reading.text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    digits: match[1] ?? '',
  }))
  const candidates = numbers.filter((one) => isFree(reading, one) && !isNegated(reading, one.start))
  const [meant] = candidates
  if (!meant || candidates.length > 1 || meant.digits.length < fewestDigits(shapes)) return undefined
  if (approximate.test(reading.text.slice(0, meant.start)) || isQuantity(reading.text, meant.end)) return undefined
  const value = complete(shapes, meant.digits)
  return value === undefined ? undefined : { start: meant.start, end: meant.end, value }
}

/** No example says what it looks like: a short reply with one word that has a digit in it. */
function readAnyCode(reading: Reading): Found | undefined {
  const codes = [...reading.text.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}][\p{L}\p{N}_/-]{0,39}/gu)]
    .filter(([code]) => /\d/.test(code))
    .map((match) => ({ start: match.index, end: match.index + match[0].length, value: match[0].toUpperCase() }))
  return codes.length === 1 ? lastMeant(reading, codes) : undefined
}
