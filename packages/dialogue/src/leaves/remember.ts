import { rememberLeaf, remembering, type JsonObject, type LeafConfig, type Memory } from '@copse/contracts'
import { Success, type NodeDefinition } from '@copse/engine'
import type { TurnScope } from '../turn-scope.ts'
import type { DialogueCtx } from './step.ts'

/** More of one value is not a memory but an archive. */
const longest = 4_000

/** Keeps what is known for the contact's next conversations. What is not known leaves what was kept before. */
export const remember: NodeDefinition<TurnScope, LeafConfig<'remember'>> = {
  op: 'remember',
  kind: 'leaf',
  config: rememberLeaf,
  run(ctx, { keeps, forgets }) {
    const kept = Object.entries(keeps).flatMap(([key, field]) => memoryOf(ctx, key, field))
    keep(ctx, [...kept, ...forgets.map((key) => ({ key, value: null }))])
    return Success
  },
}

/** Each field under its own name; of a subprocedure, without what tells its fields apart. */
export const rememberFields = (ctx: DialogueCtx, fields: readonly string[], scope = ''): void =>
  keep(
    ctx,
    fields.flatMap((field) => memoryOf(ctx, field.slice(scope.length), field)),
  )

function memoryOf(ctx: DialogueCtx, key: string, field: string): Memory[] {
  const value = ctx.read(field)
  if (value === undefined || value === null) return []
  if (JSON.stringify(value).length <= longest) return [{ key, value }]
  ctx.log('warn', `"${field}" is longer than ${longest} letters and is not remembered.`)
  return []
}

function keep(ctx: DialogueCtx, memories: readonly Memory[]): void {
  if (memories.length === 0) return
  ctx.services.memories.push(...memories)
  ctx.set('memory', remembering(ctx.read('memory') as JsonObject | undefined, memories), 'system')
}
