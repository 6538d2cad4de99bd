import type { Diagnostic, Json, OperationManifest, ReleasedProcedure } from '@copse/contracts'
import type { Beside } from '@copse/procedures'
import { compileText } from '../compile-text.ts'
import type { Source } from '../desk.ts'

/** A procedure as a release would hold it; none when there are errors. */
export function compileDraft(
  source: Source,
  operations: readonly OperationManifest[],
  beside?: Beside,
): { draft?: ReleasedProcedure; diagnostics: Diagnostic[] } {
  const { procedure, diagnostics } = compileText(source, operations, beside)
  if (!procedure) return { diagnostics }
  const { dialect: _, tree, ...rest } = procedure
  return { draft: { ...rest, number: 0, source: source.text, tree: tree as unknown as Json }, diagnostics }
}
