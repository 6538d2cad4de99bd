import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml'
import { maxValues, type Mapping, type Position, type Scalar, type Value } from './value.ts'
import { parseYaml, type SyntaxFault } from './yaml.ts'

export interface Document {
  /** Undefined when the text is not YAML. */
  root: Value | undefined
  faults: SyntaxFault[]
}

/** Text to values with positions. Never throws: hostile YAML gets faults like any other. */
export function parseDocument(source: string): Document {
  const parsed = parseYaml(source)
  if ('faults' in parsed) return { root: undefined, faults: parsed.faults }
  return 'root' in parsed ? { root: parsed.root, faults: [] } : convert(parsed.contents, parsed.at)
}

function convert(contents: Node, at: (offset: number) => Position): Document {
  const faults: SyntaxFault[] = []
  const anchors = new Map<string, { value: Value; size: number } | 'open'>()
  let values = 0

  function valueOf(node: unknown, around: Position): Value {
    values++
    if (values > maxValues) return none(around)
    if (isAlias(node)) return aliased(node.source, at(node.range?.[0] ?? 0))
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return none(around)
    const position = at(node.range?.[0] ?? 0)
    if (node.anchor === undefined) return plain(node, position)
    const before = values
    anchors.set(node.anchor, 'open')
    const value = plain(node, position)
    anchors.set(node.anchor, { value, size: values - before + 1 })
    return value
  }

  function plain(node: Node, position: Position): Value {
    if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => valueOf(item, position)), ...position }
    if (isMap(node)) return mapping(node.items, position)
    const { value, type } = node as { value?: unknown; type?: string }
    if (typeof value === 'number' && !Number.isFinite(value)) {
      faults.push({ code: 'invalid_value', message: 'This is not a number that can be used.', ...position })
    }
    if (isRounded(value, (node as { source?: string }).source)) {
      const message = 'A number cannot hold so many digits.'
      faults.push({ code: 'invalid_value', message, fix: 'Put it in quotes, as text.', ...position })
    }
    const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
    const isFolded = at(node.range?.[1] ?? 0).line > position.line
    const quotes = type === 'PLAIN' ? 0 : type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? 1 : undefined
    const textOffset = isFolded ? undefined : quotes
    return { kind: 'scalar', value: known, textOffset, ...position }
  }

  function mapping(items: { key: unknown; value: unknown }[], position: Position): Mapping {
    const entries: Mapping['entries'] = new Map()
    for (const { key, value } of items) {
      const place = isScalar(key) ? at(key.range?.[0] ?? 0) : position
      const name = isScalar(key) ? String(key.value) : undefined
      if (name === undefined || name === '__proto__') {
        const fix = 'Use a plain word; put quotes around a text that holds "{{".'
        faults.push({ code: 'invalid_key', message: 'This cannot be a key.', fix, ...place })
        continue
      }
      const first = entries.get(name)?.key
      if (first) {
        const message = `"${name}" is written twice; the first one is in line ${first.line}.`
        faults.push({ code: 'duplicate_key', message, fix: 'Remove one of the two.', ...place })
        continue
      }
      entries.set(name, { key: place, value: valueOf(value, place) })
    }
    return { kind: 'map', entries, ...position }
  }

  function aliased(name: string, position: Position): Value {
    const found = anchors.get(name)
    if (found !== undefined && found !== 'open') {
      values += found.size
      return found.value
    }
    const message = found === 'open' ? `"*${name}" refers to what it is part of.` : `There is no "&${name}" above this.`
    faults.push({ code: 'alias_unknown', message, ...position })
    return none(position)
  }

  const root = valueOf(contents, { line: 1, column: 1 })
  if (values <= maxValues) return { root, faults }
  const message = `The file holds more than ${maxValues} values, aliases counted as often as they are used.`
  return { root: undefined, faults: [{ code: 'too_large', message, line: 1, column: 1 }] }
}

const none = (position: Position): Scalar => ({ kind: 'scalar', value: null, textOffset: undefined, ...position })

/** An order number without quotes must not become another one. */
function isRounded(value: unknown, source = ''): boolean {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return false
  return /^[+-]?\d+$/.test(source) && String(value) !== source
}
