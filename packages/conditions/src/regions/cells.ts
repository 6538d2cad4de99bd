import { isoDate } from '../comparing/dates.ts'
import type { Literal } from '../condition.ts'
import { showLiteral, type FieldType } from '../typing/field-type.ts'
import type { At, Cell } from './cell.ts'
import { noCuts, type Cuts } from './cuts.ts'
import { listCells } from './lists.ts'
import { numberCells, numberLine } from './numbers.ts'
import { textCells } from './texts.ts'

const missing: Cell = {
  kind: 'missing',
  label: 'missing',
  sample: null,
  has: (value) => value === undefined || value === null,
  rest: false,
}

/** Everything that a field of this type can hold, or that it can be missing. */
export function cellsOf(type: FieldType, cuts: Cuts, at: At): Cell[] {
  return [missing, ...presentCells(type, cuts, at)]
}

function presentCells(type: FieldType, cuts: Cuts, at: At): Cell[] {
  if (type === 'number') return numberCells(numberLine(cuts.numbers))
  if (type === 'string') return textCells(cuts, at)
  if (type === 'date') return textCells(cuts, at, 'dates')
  if (type === 'boolean') return booleanCells(cuts)
  if (type === 'any') {
    return [
      ...numberCells(numberLine(cuts.numbers)),
      ...textCells(cuts, at),
      ...booleanCells(cuts),
      ...listCells(itemsOf('any', cuts, at), cuts, at),
      objectCell,
    ]
  }
  if ('enum' in type) return [...new Set(type.enum)].map(exactly)
  return 'list' in type ? listCells(itemsOf(type.list, cuts, at), cuts, at) : [objectCell]
}

const booleanCells = ({ booleans }: Cuts): Cell[] =>
  [true, false].map((value) => ({ ...exactly(value), kind: 'boolean', rest: booleans.length === 0 }))

const exactly = (value: Literal): Cell => ({
  kind: typeof value === 'string' ? 'text' : (typeof value as 'number' | 'boolean'),
  label: showLiteral(value),
  sample: value,
  has: (actual) => actual === value,
  rest: false,
})

const objectCell: Cell = {
  kind: 'object',
  label: 'an object',
  sample: {},
  has: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  rest: true,
}

/** What lists can hold, cut by the parts that are looked for in them. */
function itemsOf(type: FieldType, { parts }: Cuts, at: At): Cell[] {
  if (parts.length === 0 || (typeof type === 'object' && !('enum' in type))) return []
  const texts = parts.filter((part) => typeof part === 'string')
  const cuts: Cuts = {
    ...noCuts(),
    numbers: parts.filter((part) => typeof part === 'number').sort((a, b) => a - b),
    words: texts.filter((part) => !isoDate(part)),
    dates: texts.filter((part) => isoDate(part) !== undefined),
    booleans: parts.filter((part) => typeof part === 'boolean'),
  }
  const types: FieldType[] = type === 'any' ? ['number', 'string', 'boolean'] : [type]
  return types.flatMap((one) => presentCells(one, cuts, at))
}
