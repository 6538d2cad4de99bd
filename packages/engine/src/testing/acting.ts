import { z } from 'zod'
import { nodes } from '../nodes/all.ts'
import { defineNode } from '../tree/registry.ts'
import { Success, type Status } from '../tree/status.ts'
import type { NodeSpec, TreeSpec } from '../tree/spec.ts'
import type { Tree } from '../tree/tree.ts'
import { build, specOf } from './play.ts'
import { testNodes } from './nodes.ts'

/** What a test sees of the acts of a session, and by which it holds them up. */
export class Stage {
  readonly log: string[] = []
  readonly #gates = new Map<string, PromiseWithResolvers<void>>()

  /** From now on acts of this name take until they are released. */
  hold(name: string): void {
    this.#gates.set(name, Promise.withResolvers())
  }

  async release(name: string): Promise<void> {
    this.#gates.get(name)!.resolve()
    await settled()
  }

  gateOf(name: string): Promise<void> | undefined {
    return this.#gates.get(name)?.promise
  }
}

/** Long enough for everything that is ready to have happened. */
export const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

/** Logs its name, and what it sees of the fields of `sees`; succeeds or fails with a code, at once or when released. */
const actNode = defineNode<
  { name: string; fails?: string | undefined; sees?: string[] | undefined },
  { name: string; fails?: string | undefined; sees?: string[] | undefined },
  Stage
>({
  op: 'act',
  kind: 'leaf',
  config: z.strictObject({
    name: z.string(),
    fails: z.string().optional(),
    sees: z.array(z.string()).optional(),
  }),
  run(ctx, { name, fails, sees = [] }): Status | Promise<Status> {
    const { log } = ctx.services
    log.push([name, ...sees.map((key) => JSON.stringify(ctx.read(key) ?? null))].join(' '))
    const answer = (): Status => (fails === undefined ? Success : ctx.fail(fails))
    const gate = ctx.services.gateOf(name)
    if (gate === undefined) return answer()
    return gate.then(() => {
      log.push(`${name} done`)
      return answer()
    })
  },
})

export const act = (name: string, more: { fails?: string; sees?: string[] } = {}): NodeSpec => ({
  op: 'act',
  name,
  config: { name, ...more },
})

export const buildActing = (root: NodeSpec, more: Partial<TreeSpec> = {}): Tree =>
  build(specOf(root, more), [...nodes, ...testNodes, actNode])
