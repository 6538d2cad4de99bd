/** Two procedures whose every conversation is one message, one effect and one answer, so that all can be counted. */
const procedure = (id: 'keep' | 'pay', said: string): string => `copse: 1
procedure:
  id: ${id}
  name: ${id}
  version: '1'
  triggers: [${id}]
  steps:
    - id: read
      action: collect_info
      say: Which one?
      extract_fields: [{key: note, pattern: 'N[0-9]+', description: The note}]
      required_fields: [note]
      next_step: write
    - id: write
      action: tool_call
      tools: [{name: ${id}_note, arg_mappings: [{param: note, source: note}]}]
      say: ${said} {{note}}.
      on_success: end
      on_failure: unsure
    - {id: unsure, action: end, say: 'Not sure about {{note}}.'}
`

export const procedures = { 'keep.yaml': procedure('keep', 'Kept'), 'pay.yaml': procedure('pay', 'Paid') }

const operation = (id: 'keep' | 'pay', effect: 'idempotent' | 'at-most-once') => ({
  name: `${id}_note`,
  effect,
  params: { note: { type: 'string', required: true } },
  timeoutMs: 1_000,
  wire: { method: 'POST', path: `/${id}` },
})

export const tenantConfig = (ledgerUrl: string) => ({
  tenant: { slug: 'chaos', name: 'Chaos' },
  procedures: Object.keys(procedures),
  connectors: [
    {
      name: 'ledger',
      type: 'http',
      config: { baseUrl: ledgerUrl },
      operations: [operation('keep', 'idempotent'), operation('pay', 'at-most-once')],
    },
  ],
})
