import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { TraceEvent } from '../run/events.ts'
import { advance, type Advance } from '../run/advance.ts'
import { memoryJournal } from '../testing.ts'
import { build, input, specOf, turn } from '../testing/play.ts'
import { randomTree } from '../testing/random-tree.ts'
import { EngineFault, TreeError } from '../tree/faults.ts'
import type { NodeSpec } from '../tree/spec.ts'
import type { Tree } from '../tree/tree.ts'
import { migrate, planMigration } from './migrate.ts'

/** How often the session was answered when the new version comes. */
const before = fc.nat(3)
const ANSWERS = 8

/** A session of a tree, carried on by answers; `seen` gets what happens. */
async function answered(tree: Tree, from: Advance, count: number, seen: TraceEvent[], skip = 0): Promise<Advance> {
  let rest = from
  const context = turn({ journal: memoryJournal(), subscribe: (event) => seen.push(event) })
  for (let turns = skip; turns < count && rest.status === 'running'; turns++) {
    rest = await advance(tree, { snapshot: rest.snapshot, event: input(turns) }, context)
  }
  return rest
}

async function started(tree: Tree, seen: TraceEvent[] = []): Promise<Advance> {
  return advance(tree, {}, turn({ journal: memoryJournal(), subscribe: (event) => seen.push(event) }))
}

it('a session that goes on in the same tree is the same session', async () => {
  await fc.assert(
    fc.asyncProperty(randomTree, before, async (root, answers) => {
      const tree = build(specOf(root))
      const { snapshot } = await answered(tree, await started(tree), answers, [])
      expect(planMigration(tree, tree, snapshot)).toEqual({ verdict: 'safe', reasons: [] })
      expect(JSON.stringify(migrate(tree, tree, snapshot))).toBe(JSON.stringify(snapshot))

      const next = build(specOf(root, { version: '2' }))
      const { hash } = next
      expect(planMigration(tree, next, snapshot).verdict).toBe('safe')
      expect(migrate(tree, next, snapshot)).toEqual({ ...snapshot, tree: { id: 't', version: '2', hash } })
    }),
    { numRuns: 100 },
  )
})

it('where a node was put that the session has not come by, it ends as if it had always been there', async () => {
  let compared = 0
  await fc.assert(
    fc.asyncProperty(randomTree, before, fc.nat(), fc.nat(), async (root, answers, list, position) => {
      const more = structuredClone(root)
      const rows = rowsOf(more)
      fc.pre(rows.length > 0)
      const row = rows[list % rows.length]!
      row.splice(position % (row.length + 1), 0, { op: 'write', name: 'new', config: { key: 'a', value: 'new' } })
      const [from, to] = [build(specOf(root)), build(specOf(more, { version: '2' }))]

      const seen: TraceEvent[] = []
      const always = await answered(to, await started(to, seen), answers, seen)
      fc.pre(!seen.some((event) => event.node.endsWith('/new')))
      const { snapshot } = await answered(from, await started(from), answers, [])
      if (planMigration(from, to, snapshot).verdict === 'stay') return
      const carried = migrate(from, to, snapshot)
      expect(carried).toEqual(always.snapshot)
      if (always.status !== 'running') return
      compared++
      const [one, other]: TraceEvent[][] = [[], []]
      const end = await answered(to, { ...always, snapshot: carried }, ANSWERS, one!, answers)
      const same = await answered(to, always, ANSWERS, other!, answers)
      expect(one).toEqual(other)
      expect(end.snapshot).toEqual(same.snapshot)
    }),
    { numRuns: 250 },
  )
  expect(compared).toBeGreaterThan(30)
})

it('under other names it does what it did under its own', async () => {
  let compared = 0
  await fc.assert(
    fc.asyncProperty(randomTree, before, fc.nat(), async (root, answers, which) => {
      const from = build(specOf(root))
      const rest = await answered(from, await started(from), answers, [])
      const inUse = Object.keys(rest.snapshot.nodes).slice(1)
      fc.pre(inUse.length > 0)
      const old = inUse[which % inUse.length]!
      const to = build(specOf(renamedAt(root, old), { version: '2' }))
      const now = `${old.slice(0, old.lastIndexOf('/'))}/other`
      expect(planMigration(from, to, rest.snapshot).verdict).toBe('stay')
      const { verdict, reasons } = planMigration(from, to, rest.snapshot, { [old]: now })
      if (verdict === 'stay') {
        expect(reasons).toEqual([expect.stringContaining('children have other names')])
        return
      }
      compared++
      const carried = migrate(from, to, rest.snapshot, { [old]: now })
      const [one, other]: TraceEvent[][] = [[], []]
      const end = await answered(to, { ...rest, snapshot: carried }, ANSWERS, one!, answers)
      const same = await answered(from, rest, ANSWERS, other!, answers)
      expect(end.status).toBe(same.status)
      expect(one!.map(({ kind, visit }) => [kind, visit])).toEqual(other!.map(({ kind, visit }) => [kind, visit]))
    }),
    { numRuns: 250 },
  )
  expect(compared).toBeGreaterThan(30)
})

it('whatever was changed, a session either stays, with reasons, or can be continued', async () => {
  const verdicts = { safe: 0, map: 0, stay: 0 }
  await fc.assert(
    fc.asyncProperty(randomTree, randomTree, before, fc.nat(), fc.nat(), async (root, other, answers, which, how) => {
      const from = build(specOf(root))
      const { snapshot, status } = await answered(from, await started(from), answers, [])
      fc.pre(status === 'running')
      const parents = Object.keys(snapshot.nodes).filter((id) => specAt(root, id).children !== undefined)
      const to = compiled(changedAt(root, parents[which % parents.length]!, other, how))
      fc.pre(to !== undefined)
      const { verdict, reasons } = planMigration(from, to, snapshot)
      verdicts[verdict]++
      if (verdict === 'stay') {
        expect(reasons.length).toBeGreaterThan(0)
        expect(() => migrate(from, to, snapshot)).toThrow(EngineFault)
        return
      }
      const carried = JSON.parse(JSON.stringify(migrate(from, to, snapshot))) as Advance['snapshot']
      const rest = { snapshot: carried, status: carried.status, waits: carried.waits }
      const end = await answered(to, rest, ANSWERS, [], answers)
      expect(['snapshot_invalid', 'not_parked', 'node_threw', 'no_child']).not.toContain(end.fault?.code)
    }),
    { numRuns: 200 },
  )
  expect(verdicts.safe).toBeGreaterThan(20)
  expect(verdicts.stay).toBeGreaterThan(20)
})

function compiled(root: NodeSpec): Tree | undefined {
  try {
    return build(specOf(root, { version: '2' }))
  } catch (error) {
    if (error instanceof TreeError) return undefined
    throw error
  }
}

function nodesOf(spec: NodeSpec): NodeSpec[] {
  return [spec, ...(spec.children ?? []).flatMap(nodesOf)]
}

/** Child lists that may grow: those of sequences and selectors. */
function rowsOf(root: NodeSpec): NodeSpec[][] {
  return nodesOf(root)
    .filter(({ op }) => op === 'sequence' || op === 'selector')
    .map(({ children }) => children!)
}

function specAt(root: NodeSpec, id: string): NodeSpec {
  let spec = root
  for (const name of id.split('/').slice(1)) spec = spec.children!.find((child) => (child.name ?? child.op) === name)!
  return spec
}

/** Takes a child out, puts one in, turns two around, puts another in its place or one around it, changes its config. */
function changedAt(root: NodeSpec, parent: string, other: NodeSpec, how: number): NodeSpec {
  const copy = structuredClone(root)
  const children = specAt(copy, parent).children!
  const at = Math.floor(how / 6) % children.length
  const name = children[at]!.name ?? children[at]!.op
  const changes = [
    () => children.splice(at, 1),
    () => children.splice(at, 0, { op: 'succeed', name: 'new' }),
    () => children.push(children.shift()!),
    () => (children[at] = { ...structuredClone(other), name }),
    () => (children[at] = { op: 'forceSuccess', name, children: [children[at]!] }),
    () => (children[at]!.config = { ...(children[at]!.config as object), kind: 'approval' }),
  ]
  changes[how % changes.length]!()
  return copy
}

/** One node under another name, and stages that name it told so. */
function renamedAt(root: NodeSpec, id: string): NodeSpec {
  const spec = structuredClone(root)
  const parent = specAt(spec, id.slice(0, id.lastIndexOf('/')))
  const name = id.slice(id.lastIndexOf('/') + 1)
  specAt(spec, id).name = 'other'
  if (parent.op !== 'stages') return spec
  const told = JSON.stringify(parent.config).replaceAll(`"${name}"`, '"other"')
  parent.config = JSON.parse(told) as NonNullable<NodeSpec['config']>
  return spec
}
