import { splitList } from '../expression/split-list.ts'
import { suggestion } from '../table/suggest.ts'
import type { ColumnType, Table } from '../table/table.ts'
import { testText, valueText } from './cells.ts'
import type { Item } from './item.ts'
import { typeWords } from './words.ts'
import type { Report } from './report.ts'

type Map = Item & { kind: 'map' }
/** The texts of the table by their path, as they stand in the file. */
export type Places = globalThis.Map<string, Item>

const inputKeys = ['name', 'expression', 'type', 'values']
const outputKeys = ['name', 'type', 'values', 'default']

/** `- total` or `- {name: total, expression: order.total, type: number}`. */
export function readInput(item: Item, path: string, report: Report, places: Places): Table['inputs'][number] {
  if (item.kind !== 'map') {
    places.set(`${path}.expression`, item)
    return { expression: textIn(item, 'An input', report), type: 'any' }
  }
  checkKeys(item, inputKeys, report)
  const name = textAt(item, 'name', report)
  const expression = textAt(item, 'expression', report) ?? name
  if (expression === undefined) report.error('missing_key', item, 'This input has no name.', 'Add `name:`.')
  places.set(`${path}.expression`, item.entries.get('expression') ?? item.entries.get('name') ?? item)
  const type = typeAt(item, report)
  const values = listAt(item, 'values', report, path, places)
  return {
    ...(name !== undefined && name !== expression && { name }),
    expression: expression ?? 'null',
    type,
    ...(values && { values: values.map((value) => testText(value, type)).join(', ') }),
  }
}

/** `- fee` or `- {name: fee, type: number, default: 5}`. Values stand in the order of their importance. */
export function readOutput(item: Item, path: string, report: Report, places: Places): Table['outputs'][number] {
  if (item.kind !== 'map') return { name: textIn(item, 'An output', report), type: 'any' }
  checkKeys(item, outputKeys, report)
  const name = textAt(item, 'name', report)
  if (name === undefined) report.error('missing_key', item, 'This output has no name.', 'Add `name:`.')
  const type = typeAt(item, report)
  const fallback = textAt(item, 'default', report)
  const values = listAt(item, 'values', report, path, places)
  places.set(`${path}.default`, item.entries.get('default') ?? item)
  return {
    name: name ?? '',
    type,
    ...(values && { values: values.map((value) => valueText(value, type)) }),
    ...(fallback !== undefined && { default: valueText(fallback, type) }),
  }
}

export function checkKeys(item: Map, known: readonly string[], report: Report): void {
  for (const [key, value] of item.entries) {
    if (known.includes(key)) continue
    report.error('unknown_key', value.key ?? value, `"${key}" is not a key that is known here.`, suggestion(key, known))
  }
}

export function textAt(item: Map, key: string, report: Report): string | undefined {
  const value = item.entries.get(key)
  return value && textIn(value, `"${key}"`, report)
}

function textIn(item: Item, what: string, report: Report): string {
  const text = item.kind === 'text' ? item.text.trim() : ''
  if (text === '') report.error('invalid_value', item, `${what} should be text.`)
  return text
}

function typeAt(item: Map, report: Report): ColumnType {
  const word = textAt(item, 'type', report)
  if (word === undefined) return 'any'
  if (Object.hasOwn(typeWords, word)) return typeWords[word] ?? 'any'
  const place = item.entries.get('type') ?? item
  const names = Object.keys(typeWords).filter((name) => !['string', 'boolean'].includes(name))
  report.error(
    'invalid_value',
    place,
    `There is no type "${word}".`,
    suggestion(word, names) ?? `Known: ${names.join(', ')}.`,
  )
  return 'any'
}

/** A YAML list, or a text with commas. */
function listAt(item: Map, key: string, report: Report, path: string, places: Places): string[] | undefined {
  const value = item.entries.get(key)
  if (!value) return undefined
  places.set(`${path}.${key}`, value)
  if (value.kind === 'text') return splitList(value.text)
  if (value.kind === 'map') report.error('invalid_value', value, `"${key}" should be a list.`)
  return value.kind === 'list' ? value.items.map((one) => textIn(one, 'A value', report)) : undefined
}
