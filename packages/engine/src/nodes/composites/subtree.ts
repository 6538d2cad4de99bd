import { z } from 'zod'
import type { ParentCtx, Preparation } from '../../tree/definition.ts'
import { isOf, printType, type Fields } from '../../tree/fields.ts'
import type { Json } from '../../tree/json.ts'
import { defineParent } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'
import type { Cell } from '../../run/snapshot.ts'

const source = z.union([z.string().min(1), z.strictObject({ value: z.json() })])

const config = z.strictObject({
  /** Name of a subtree of this tree. */
  use: z.string().min(1),
  /** Port to the field that it takes its value from, or a value. */
  in: z.record(z.string(), source).optional(),
  /** Port to the field that its value goes to. */
  out: z.record(z.string(), z.string().min(1)).optional(),
  /** What is not a port is read from outside as well, but for names that begin with `_`. */
  inherit: z.literal(true).optional(),
})

interface Plan {
  in: readonly (readonly [port: string, source: z.infer<typeof source>])[]
  out: readonly (readonly [port: string, field: string])[]
  ports: { in: Fields; out: Fields }
}

/**
 * A part of the tree that is written once, with a blackboard of its own: in go the ports it declares, out come its ports
 * when it succeeds. Values keep where they came from. Where it declares ports or fields, nodes in it read these alone, with
 * `inherit` also what can be seen outside, and write only these.
 *
 * subtree success → success, and its ports are written · failure → failure with its code · a port that is missing or of
 * another type → failure `port_missing`, `port_type` · running → running
 */
export const subtree = defineParent({
  op: 'subtree',
  kind: 'decorator',
  children: { min: 0, max: 0 },
  config,
  frame: ({ inherit }) => (inherit ? 'open' : 'closed'),
  declares({ use }, { subtree }) {
    const { ports, fields } = subtree(use) ?? {}
    return ports === undefined && fields === undefined
      ? undefined
      : { fields: { ...ports?.in, ...ports?.out, ...fields } }
  },
  expand: ({ use }, _, subtree) => [subtree(use)!.root],
  writes: ({ out = {} }) => Object.values(out),
  prepare: plan,
  enter(ctx, plan) {
    const cells: Record<string, Cell> = {}
    for (const [port, from] of plan.in) {
      const cell = cellOf(ctx, from)
      if (cell === undefined) return ctx.fail('port_missing', `there is nothing for the port "${port}"`)
      const type = plan.ports.in[port]!
      if (!isOf(type, cell.value)) return ctx.fail('port_type', `the port "${port}" takes ${printType(type)}`)
      cells[port] = cell
    }
    ctx.seed(0, cells)
    return ctx.run(0)
  },
  settled(ctx, _, status, plan) {
    const cells = ctx.inner(0)
    if (status === Success) {
      for (const [port] of plan.out) {
        const cell = Object.hasOwn(cells, port) ? cells[port] : undefined
        if (cell === undefined || cell.unconfirmed) return leave(ctx, 'port_missing', `it left nothing at "${port}"`)
        const type = plan.ports.out[port]!
        if (!isOf(type, cell.value))
          return leave(ctx, 'port_type', `what it left at "${port}" is not ${printType(type)}`)
      }
    }
    ctx.merge([])
    if (status === Success) for (const [port, field] of plan.out) ctx.set(field, cells[port]!.value, cells[port]!.by)
    return status
  },
})

function leave(ctx: ParentCtx, code: string, reason: string): ReturnType<ParentCtx['fail']> {
  ctx.merge([])
  return ctx.fail(code, reason)
}

/** A field of its own keeps its provenance; what was dug out of one, or given here, is the system's. */
function cellOf(ctx: ParentCtx, from: z.infer<typeof source>): Cell | undefined {
  if (typeof from !== 'string') return { value: from.value, by: 'system' }
  const value: Json | undefined = ctx.read(from)
  if (value === undefined) return undefined
  return { value, by: ctx.cell(from.split('.')[0]!)?.by ?? 'system' }
}

function plan({ use, in: inputs = {}, out = {} }: z.infer<typeof config>, preparation: Preparation): Plan {
  const { subtree, fail, expectType } = preparation
  const ports = { in: subtree(use)?.ports?.in ?? {}, out: subtree(use)?.ports?.out ?? {} }
  for (const [kind, given, declared] of [['in', inputs, ports.in] as const, ['out', out, ports.out] as const]) {
    for (const port of Object.keys(given)) {
      if (!Object.hasOwn(declared, port)) fail(`"${use}" declares no port "${port}" that goes ${kind}`)
    }
  }
  for (const port of Object.keys(ports.in)) {
    if (!Object.hasOwn(inputs, port)) fail(`the port "${port}" of "${use}" is not given; name a field or a value`)
  }
  for (const [port, from] of Object.entries(inputs)) {
    const type = ports.in[port]!
    if (typeof from === 'string') expectType(from, type, 'read')
    else if (!isOf(type, from.value)) fail(`the port "${port}" of "${use}" takes ${printType(type)}`)
  }
  for (const [port, field] of Object.entries(out)) expectType(field, ports.out[port]!, 'write')
  return { in: byPort(inputs), out: byPort(out), ports }
}

/** Two trees of one hash may list their ports differently, and must do the same. */
function byPort<T>(given: Readonly<Record<string, T>>): [port: string, given: T][] {
  return Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1))
}
