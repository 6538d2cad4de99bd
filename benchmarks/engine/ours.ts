/** The engine as a stranger would take it: through its front doors, and all in this file. */
import {
  build,
  compile,
  createRegistry,
  defineNode,
  freeze,
  nodes,
  open,
  Success,
  type FrozenTree,
  type NodeSpec,
  type Registry,
  type Status,
  type Tree,
  type TreeSpec,
  type TurnContext,
} from '@copse/engine'
import { memoryJournal } from '@copse/engine/testing'
import { z } from 'zod'
import { leaves, type Tally } from './workloads/leaves.ts'

export { open, TreeError, type EngineEvent, type LiveRun, type Snapshot, type TraceEvent } from '@copse/engine'
export { build, compile, freeze, type FrozenTree, type NodeSpec, type Tree }

const nothing = z.strictObject({})

/** `work0` to `work19`: the twenty leaves. */
const works = leaves.map((leaf, index) =>
  defineNode<object, object, Tally>({
    op: `work${index}`,
    kind: 'leaf',
    config: nothing,
    run(ctx) {
      leaf(ctx.services)
      return Success
    },
  }),
)

const workLater = defineNode<object, object, Tally>({
  op: 'workLater',
  kind: 'leaf',
  config: nothing,
  async run(ctx): Promise<Status> {
    ctx.services.steps++
    return Success
  },
})

export const registry: Registry = createRegistry([...nodes, ...works, workLater])

export const options = {
  condition: () => {
    throw new Error('No tree that is measured here holds a condition.')
  },
}

export const specOf = (root: NodeSpec): TreeSpec => ({ v: 1, id: 'bench', version: '1', root })

export const compileTree = (root: NodeSpec, depth?: number): Tree =>
  compile(specOf(root), registry, depth === undefined ? options : { ...options, limits: { depth } })

export const freezeTree = (root: NodeSpec): FrozenTree => freeze(specOf(root), registry, options)
export const buildTree = (frozen: FrozenTree): Tree => build(frozen, registry, options)

/** Siblings need names of their own. */
export const numbered = (children: NodeSpec[]): NodeSpec[] =>
  children.map((child, index) => ({ ...child, name: `${child.op}:${index}` }))

const { signal } = new AbortController()
const journal = memoryJournal()

/** One turn's context around what the leaves count in. */
export const turn = (tally: Tally, more: Partial<TurnContext> = {}): TurnContext => ({
  sessionId: 'session',
  now: 1_000_000,
  seed: 'seed',
  journal,
  services: tally,
  signal,
  ...more,
})

/** From nothing to the end, in memory. */
export function runToEnd(tree: Tree, tally: Tally, more?: Partial<TurnContext>): number | Promise<number> {
  const status = open(tree, turn(tally, more)).start()
  if (typeof status === 'string') return finished(status, tally)
  return status.then((later) => finished(later, tally))
}

function finished(status: string, tally: Tally): number {
  if (status !== 'success') throw new Error(`The run ended as ${status}.`)
  return tally.steps
}
