import type { Diagnostic } from '@copse/contracts'
import type { Position } from '../position.ts'

/** Collects what is to be said about a file: all of it, each with its place. */
export class Report {
  readonly diagnostics: Diagnostic[] = []

  error(code: string, { line, column }: Position, message: string, fix?: string): void {
    this.diagnostics.push({ code, severity: 'error', message, ...(fix !== undefined && { fix }), line, column })
  }
}
