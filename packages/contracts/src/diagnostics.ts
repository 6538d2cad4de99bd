/** What a compiler or checker says about an author's file. Lines and columns start at 1. */
export interface Diagnostic {
  code: string
  severity: 'error' | 'warning'
  /** What is wrong, in a colleague's words. */
  message: string
  /** What to write instead, when we know. */
  fix?: string
  file?: string
  line: number
  column: number
  /** Where in the document, e.g. `steps.check_status.conditions.1`. */
  path?: string
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((d) => d.severity === 'error')

/** `refund.yaml:12:7 error unknown_action  …` */
export function formatDiagnostic(d: Diagnostic): string {
  const place = `${d.file ?? ''}:${d.line}:${d.column}`
  return `${place} ${d.severity} ${d.code}  ${d.message}${d.fix ? `\n    fix: ${d.fix}` : ''}`
}
