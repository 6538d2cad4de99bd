import { z } from 'zod'
import { defineParent } from '../../tree/registry.ts'

const config = z.strictObject({
  /** The field that decides. */
  on: z.string().min(1),
  /** Its value, as text, to the name of a child. */
  cases: z.record(z.string(), z.string()),
  default: z.string().optional(),
})

interface Plan {
  on: string
  cases: ReadonlyMap<string, number>
  otherwise: number | undefined
  names: readonly string[]
}

/**
 * The child that is listed for the value of a field, found in one step; else the default.
 *
 * child success, failure, running → the same · no case and no default → failure `no_case`
 */
export const switchNode = defineParent({
  op: 'switch',
  kind: 'composite',
  pure: true,
  config,
  prepare({ on, cases, default: otherwise }, { children, fail, expectType }): Plan {
    expectType(on, 'any', 'read')
    const positions = new Map(children.map((name, position) => [name, position]))
    const aims = [...Object.values(cases), ...(otherwise === undefined ? [] : [otherwise])]
    const wrong = aims.filter((name) => !positions.has(name))
    if (wrong.length > 0) fail(`no child is named ${wrong.map((name) => `"${name}"`).join(', ')}`)
    const idle = children.filter((name) => !aims.includes(name))
    if (idle.length > 0) fail(`no case leads to ${idle.map((name) => `"${name}"`).join(', ')}`)
    return {
      on,
      cases: new Map(Object.entries(cases).map(([value, name]) => [value, positions.get(name)!])),
      otherwise: otherwise === undefined ? undefined : positions.get(otherwise)!,
      names: children,
    }
  },
  enter(ctx, { on, cases, otherwise, names }) {
    const value = ctx.read(on)
    // Missing, lists and objects are no case.
    const found = value === undefined || typeof value === 'object' ? undefined : cases.get(String(value))
    const chosen = found ?? otherwise
    ctx.decide('case', chosen === undefined ? null : names[chosen]!, () => ({ field: on, value: value ?? null }))
    return chosen === undefined ? ctx.fail('no_case', `there is no case for what ${on} holds`) : ctx.run(chosen)
  },
  settled: (_, __, status) => status,
})
