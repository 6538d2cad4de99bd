import type { OperationManifest } from '@copse/contracts'
import { isOfKind, wordsFor, type Kind } from '../parse/ports.ts'
import type { Path } from '../parse/value.ts'
import type { Dialect, Report } from '../report/report.ts'
import { suggestion } from '../report/suggest.ts'

/** Which fields a procedure reads, and which it writes. */
export interface FieldUse {
  reads: { field: string; path: Path }[]
  written: Set<string>
  /** What its writers put into a field; undefined among them for one that does not say. */
  kinds: Map<string, Set<Kind | undefined>>
  /** Where a field is handed on as a value of some kind. */
  expects: { field: string; kind: Kind; path: Path }[]
}

/** Known without anybody writing them: who speaks, the case, what is remembered, and what connectors say of themselves. */
const seeded = ['customer_id', 'case_id', 'memory', 'connector']

/** A tenant may bind an identity operation that runs first: what any of them writes may be there. */
export function seededFields(operations: Iterable<OperationManifest>): string[] {
  const identity = [...operations].filter((operation) => operation.identity)
  return [...seeded, ...identity.flatMap((operation) => operation.writes.map((write) => write.field))]
}

export const createFieldUse = (operations: Iterable<OperationManifest>): FieldUse => ({
  reads: [],
  written: new Set(seededFields(operations)),
  kinds: new Map(),
  expects: [],
})

/** Written by what could not be read: it may be any. */
export const anyField = '*'

export function noteWrite({ written, kinds }: FieldUse, field: string, kind?: Kind): void {
  written.add(field)
  kinds.set(field, (kinds.get(field) ?? new Set()).add(kind))
}

const defaults: Record<string, string> = {
  severity: 'alert_data.severity',
  risk_score: 'alert_data.risk_score',
  amount_involved: 'alert_data.amount_involved',
  order_status: 'order_data.status',
  status: 'order_data.status',
  order_date: 'order_data.days_since_delivery',
  days_since_delivery: 'order_data.days_since_delivery',
  account_id: 'alert_data.account_id',
}

/** The author's aliases; in dialect P, also those that its engine had built in, where what they point at exists. */
export function aliasesOf(fields: Record<string, string>, dialect: Dialect, use: FieldUse): Record<string, string> {
  if (dialect === 'copse') return fields
  const usable = Object.entries(defaults).filter(([, path]) => use.written.has(rootOf(path)))
  return { ...Object.fromEntries(usable), ...fields }
}

/** A field that nothing writes is never known: every condition on it is silent, every text about it empty. */
export function checkFieldUse(
  use: FieldUse,
  fields: Record<string, string>,
  aliases: Record<string, string>,
  report: Report,
): void {
  if (use.written.has(anyField)) return
  const known = new Set([...use.written, ...Object.keys(aliases)])
  const unknown = (field: string, path: Path): void => {
    if (known.has(field) || known.has(rootOf(field))) return
    report.lax('unknown_field', path, `Nothing writes "${field}".`, { fix: () => suggestion(rootOf(field), known) })
  }
  for (const { field, path } of use.reads) unknown(field, path)
  for (const { field, kind, path } of use.expects) {
    const [wrong] = [...(use.kinds.get(field) ?? [])].filter((one) => one !== undefined && !isOfKind(one, kind))
    if (wrong === undefined) continue
    const message = `"${field}" holds ${wordsFor(wrong)}, and this should be ${wordsFor(kind)}.`
    report.error('wrong_kind', path, message, { fix: 'Name another field, or change the type of one of them.' })
  }
  for (const [name, path] of Object.entries(fields)) {
    if (!use.written.has(rootOf(path))) unknown(path, ['procedure', 'fields', name])
  }
}

export const rootOf = (path: string): string => path.split('.', 1)[0] ?? path
