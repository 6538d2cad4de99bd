import type { OperationManifest } from '@copse/contracts'
import type { ProposedStep } from '../../drafts/proposal.ts'
import type { Cues } from './cues.ts'
import { keyOf } from './names.ts'
import { exampleOf } from './operations.ts'

type Collect = Extract<ProposedStep, { action: 'collect_info' }>
export type AskedField = Collect['extract_fields'][number]

const kinds: [RegExp, AskedField['type']][] = [
  [/e-?mail|correo/i, 'email'],
  [/phone|mobile|tel[eé]fono|m[oó]vil/i, 'phone'],
  [/\bdate\b|\bday\b|fecha|\bd[ií]a\b/i, 'date'],
  [/amount|price|total|importe|precio/i, 'amount'],
  [/reason|description|details?|problem|complaint|happened|motivo|descripci[oó]n|problema|queja/i, 'text'],
]
const longest = 4
const most = 10
/** Who the customer is says the channel, not the customer. */
const seeded = new Set(['customer_id', 'case_id'])

/** What a sentence asks for, as fields; [] when it does not ask in a way that is understood whole. */
export function fieldsAsked(sentence: string, cues: Cues, operations: readonly OperationManifest[]): AskedField[] {
  const what = cues.asks.exec(sentence)?.groups?.['what'] ?? ''
  const things = what
    .split(cues.between)
    .map((thing) => thing.replace(cues.until, '').trim().replace(cues.articles, ''))
  const fields = things.filter((thing) => thing !== '').map((title) => fieldOf(title, operations))
  if (things.length > most) return []
  // A list of which one thing is no name of anything was not understood.
  return fields.every(({ key, title }) => key !== '' && title.split(/\s+/).length <= longest) ? fields : []
}

function fieldOf(title: string, operations: readonly OperationManifest[]): AskedField {
  const example = exampleOf(title, operations)
  return {
    key: seeded.has(keyOf(title)) ? `given_${keyOf(title)}` : keyOf(title),
    title,
    description: '',
    type: kinds.find(([words]) => words.test(title))?.[1] ?? 'string',
    examples: example === undefined ? [] : [example],
  }
}
