import { operationManifest, type JsonObject, type OperationOutcome, type ReleasedProcedure } from '@copse/contracts'
import { compileProcedure } from '@copse/procedures'
import type { z } from 'zod'
import { openTalk } from './talk.ts'

type Operation = z.input<typeof operationManifest>
type World = Omit<Parameters<typeof openTalk>[0], 'procedures' | 'operations'>

/** Steps as their author writes them, compiled and talked to. */
export function talkTo(
  source: string,
  operations: [Operation, (args: JsonObject) => OperationOutcome][],
  world: World = {},
) {
  const catalogue = {
    operations: Object.fromEntries(operations.map(([one]) => [one.name, operationManifest.parse(one)])),
  }
  const compilation = compileProcedure(source, catalogue)
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.diagnostics, null, 2))
  const { id, name, version, triggers, description, treeHash, tree } = compilation.procedure
  const procedure: ReleasedProcedure = {
    id,
    name,
    version,
    triggers,
    description,
    treeHash,
    number: 1,
    source,
    tree: JSON.parse(JSON.stringify(tree)),
  }
  return openTalk({ ...world, procedures: [procedure], operations })
}
