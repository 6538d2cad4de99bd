import type { Diagnostic, Json, OperationManifest } from '@copse/contracts'
import { buildTree } from '@copse/dialogue'
import { describe, type TreeSpec } from '@copse/engine'
import { compileProcedure, type Beside, type Procedure } from '@copse/procedures'
import type { Source } from './desk.ts'
import { outlineOf, type Outline } from './read/outline.ts'
import { withParts } from './read/parts.ts'

/** One procedure, with what its author wrote beside what it became; no procedure when there are errors. */
export function compileText(
  { file, text }: Source,
  operations: readonly OperationManifest[],
  beside?: Beside,
): { procedure?: Procedure; outline: Outline; diagnostics: Diagnostic[] } {
  const catalogue = {
    operations: Object.fromEntries(operations.map((one) => [one.name, one])),
    ...(beside ? { beside } : {}),
  }
  const compiled = compileProcedure(text, catalogue, { file })
  const outline = outlineOf(text)
  const { diagnostics } = compiled
  if (!compiled.ok) return { outline, diagnostics }
  const { procedure, composed } = compiled
  return { procedure, outline: withParts(outline, composed.parts, procedure.tree), diagnostics }
}

/** Every node of the tree that runs, indented. */
export const describeTree = (tree: TreeSpec): string => describe(buildTree(tree as unknown as Json))
