import type { Json, JsonObject, ReleasedProcedure, StoredSession } from '@copse/contracts'

/**
 * A flow that never ends would stay on its version for ever. Where it begins anew it holds nothing: a session that rests
 * there makes way for one of the version that is live now.
 */
export function hasNewer({ procedure, step }: StoredSession, procedures: readonly ReleasedProcedure[]): boolean {
  const live = procedures.find(({ id }) => id === procedure.id)
  return live?.kind === 'flow' && live.treeHash !== procedure.treeHash && step === initialOf(live.tree)
}

export const initialOf = (tree: Json): Json | undefined =>
  (tree as { root: { config: JsonObject } }).root.config['initial']
