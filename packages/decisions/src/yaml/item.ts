import type { Diagnostic } from '@copse/contracts'
import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml'
import type { Position } from '../position.ts'

/** A YAML value and where it stands, and the key before it. */
export type Item = Position & { key?: Position } & (
    | { kind: 'text'; text: string; style: Style }
    | { kind: 'list'; items: Item[] }
    | { kind: 'map'; entries: Map<string, Item> }
  )

/** Of a block (`|`), its first line stands one line further down, at the column of its text. */
export type Style = 'plain' | 'quoted' | { blockColumn: number }

type Converted = { ok: true; root: Item } | { ok: false; diagnostics: Diagnostic[] }

/** Without anchors, with which a small file could stand for a large one. */
export function convert(contents: Node, source: string, at: (offset: number) => Position): Converted {
  const diagnostics: Diagnostic[] = []
  const refuse = (message: string, fix: string, place: Position): Item => {
    diagnostics.push({ code: 'yaml_invalid', severity: 'error', message, fix, ...place })
    return { kind: 'text', text: '', style: 'plain', ...place }
  }

  function itemOf(node: unknown, around: Position): Item {
    if (!isMap(node) && !isSeq(node) && !isScalar(node) && !isAlias(node)) {
      return { kind: 'text', text: '', style: 'plain', ...around }
    }
    const place = at(node.range?.[0] ?? 0)
    if (isAlias(node) || node.anchor !== undefined) {
      return refuse('A table does not use anchors and aliases (& and *).', 'Write the value out, or quote it.', place)
    }
    if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => itemOf(item, place)), ...place }
    if (isScalar(node)) return { kind: 'text', text: textOf(node), style: styleOf(node, source), ...place }
    const entries = new Map<string, Item>()
    for (const { key, value } of node.items) {
      const where = isScalar(key) ? at(key.range?.[0] ?? 0) : place
      if (isScalar(key)) entries.set(textOf(key), { ...itemOf(value, where), key: where })
      else refuse('This cannot be a key.', 'Use a plain word.', where)
    }
    return { kind: 'map', entries, ...place }
  }

  const root = itemOf(contents, { line: 1, column: 1 })
  return diagnostics.length > 0 ? { ok: false, diagnostics } : { ok: true, root }
}

/** As it is written: 4.90 stays 4.90, and a day is no number. */
const textOf = ({ source }: Scalar): string => source ?? ''

function styleOf({ type, range }: Scalar, source: string): Style {
  if (!type || type === 'PLAIN') return 'plain'
  if (type.startsWith('QUOTE')) return 'quoted'
  const body = /\n(?:[ \t]*\n)*( *)/y
  body.lastIndex = Math.max(0, source.indexOf('\n', range?.[0] ?? 0))
  return { blockColumn: (body.exec(source)?.[1]?.length ?? 0) + 1 }
}
