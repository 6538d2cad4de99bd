import { readPath, type Json, type JsonObject, type OperationManifest } from '@copse/contracts'
import type { Snapshot } from '@copse/engine'
import { hidden } from './hidden.ts'
import { fill, show } from './say/template.ts'
import { summaryFor, type Told, type TurnScope } from './turn-scope.ts'

/** A write that was done, or that nobody knows whether it was. */
export interface Deed {
  operation: string
  /** The step that did it. */
  step: string
  /** As the customer was told, if the operation has words for it. */
  text?: string
  uncertain?: true
}

const cellOf = (snapshot: Json | Snapshot | undefined, key: string): Json | undefined =>
  (snapshot as Partial<Snapshot> | undefined)?.scopes?.['']?.[key]?.value

export const toldIn = (snapshot: Json | Snapshot | undefined): Told | undefined =>
  cellOf(snapshot, hidden.told) as unknown as Told | undefined

export const deedsIn = (snapshot: Json | Snapshot | undefined): Deed[] =>
  (cellOf(snapshot, hidden.deeds) ?? []) as unknown as Deed[]

export const withTold = (snapshot: Snapshot, told: Told): Snapshot => ({
  ...snapshot,
  scopes: {
    ...snapshot.scopes,
    '': { ...snapshot.scopes[''], [hidden.told]: { value: told as unknown as Json, by: 'system' } },
  },
})

/** The snapshot with what this turn adds. */
export function withHistory(
  snapshot: Snapshot,
  { trace, scope, told }: { trace: readonly JsonObject[]; scope: TurnScope; told: Told | undefined },
): Snapshot {
  const cells = { ...snapshot.scopes[''] }
  const keep = (key: string, value: unknown): void => {
    cells[key] = { value: value as Json, by: 'system' }
  }
  const deeds = [...deedsIn(snapshot), ...trace.flatMap((event) => deedOf(event, snapshot, scope) ?? [])]
  if (deeds.length > 0) keep(hidden.deeds, deeds)
  for (const [key, value] of Object.entries(scope.path?.cells() ?? {})) keep(key, value)
  const kept = { ...snapshot, scopes: { ...snapshot.scopes, '': cells } }
  return told ? withTold(kept, told) : kept
}

function deedOf(event: JsonObject, snapshot: Snapshot, scope: TurnScope): Deed | undefined {
  if (event['kind'] !== 'effect' || event['policy'] === 'read') return undefined
  const { status, data } = event['outcome'] as { status?: string; data?: JsonObject }
  if (status !== 'ok' && status !== 'uncertain') return undefined
  const operation = show(event['name'])
  const step = show(event['node']).split('/')[1] ?? ''
  if (status === 'uncertain') return { operation, step, uncertain: true }
  const manifest = scope.operations.manifest(operation)
  const text = manifest && toldOf(manifest, event['args'] as JsonObject, data, snapshot, scope)
  return { operation, step, ...(text === undefined ? {} : { text }) }
}

function toldOf(
  operation: OperationManifest,
  args: JsonObject,
  data: JsonObject | undefined,
  { scopes }: Snapshot,
  scope: TurnScope,
): string | undefined {
  const { ok } = summaryFor(operation, scope)
  return ok && fill(ok, (path) => readPath(data, path) ?? readPath(args, path) ?? scopes['']?.[path]?.value)
}
