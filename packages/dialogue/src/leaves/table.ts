import { tableLeaf, type Json, type LeafConfig } from '@copse/contracts'
import type { CompiledTable, Table } from '@copse/decisions'
import { Success, type NodeDefinition, type Status } from '@copse/engine'
import type { TurnScope } from '../turn-scope.ts'
import { factsOf } from './facts.ts'
import { leave, type DialogueCtx } from './step.ts'

type Config = LeafConfig<'table'>

/** Decides by a table. The trace says which rules fired, and on what. */
export const table: NodeDefinition<TurnScope, Config> = {
  op: 'table',
  kind: 'leaf',
  config: tableLeaf,
  async run(ctx, config): Promise<Status> {
    const compiled = await compiledOf(config)
    const inputs = Object.entries(config.inputs).map(([name, field]) => [name, ctx.read(field) ?? null] as const)
    const came = compiled.evaluate({ ...factsOf(ctx), ...Object.fromEntries(inputs) }, { now: ctx.now() })
    const { outcome, output, rules, problems } = came
    const looked = came.why().inputs.map(({ label, value }) => ({ label, value }))
    ctx.decide('table', outcome, { rules, output, inputs: looked, problems: problems.map(({ message }) => message) })
    if (outcome === 'match' || outcome === 'default') {
      keep(ctx, config, output)
      return Success
    }
    if (outcome === 'none') return leave(ctx, 'none', 'no_rule', 'No rule of the table matches.')
    const code = outcome === 'violation' ? 'violation' : 'table_fault'
    return ctx.fail(code, problems[0]?.message ?? 'The table decided nothing.')
  },
}

/** What was decided before is not what is decided now: an output that is empty is forgotten. */
function keep(ctx: DialogueCtx, { outputs, resultKey, scope = '' }: Config, output: Json): void {
  const named: Record<string, Json> =
    resultKey !== undefined
      ? { [resultKey]: output }
      : outputs.length === 1
        ? { [outputs[0] ?? '']: output }
        : Object.fromEntries(outputs.map((name) => [name, isObject(output) ? (output[name] ?? null) : null]))
  for (const [field, value] of Object.entries(named)) {
    const key = field === resultKey ? field : `${scope}${field}`
    if (value === null) ctx.unset(key)
    else ctx.set(key, value, 'system')
  }
}

const isObject = (value: Json): value is Record<string, Json> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const compiled = new WeakMap<Config, CompiledTable>()

/** Tables are loaded by who has one: most processes have none. */
async function compiledOf(config: Config): Promise<CompiledTable> {
  const known = compiled.get(config)
  if (known) return known
  const { compileTable } = await import('@copse/decisions')
  const made = compileTable(config.table as Table)
  compiled.set(config, made)
  return made
}
