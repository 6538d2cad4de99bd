import type { Diagnostic } from '@copse/contracts'

/** What no trigger claims can only be for one: of a tenant's flows, all but the first are refused. */
export function secondFlows(procedures: readonly { id: string; kind?: string | undefined }[]): Diagnostic[] {
  const [first, ...more] = procedures.filter(({ kind }) => kind === 'flow')
  return more.map(({ id }) => ({
    code: 'second_flow',
    severity: 'error',
    message: `"${id}" is a second flow: the messages that no trigger claims are for "${first?.id}" already.`,
    fix: 'Keep one of the two, or write the other as a procedure with triggers.',
    file: id,
    line: 1,
    column: 1,
  }))
}
