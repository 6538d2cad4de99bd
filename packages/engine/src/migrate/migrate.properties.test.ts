import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Advance } from '../run/advance.ts'
import type { TraceEvent } from '../run/events.ts'
import { build } from '../testing/play.ts'
import { EngineFault, TreeError } from '../tree/faults.ts'
import type { NodeSpec } from '../tree/spec.ts'
import type { Tree } from '../tree/tree.ts'
import { migrate, planMigration } from './migrate.ts'
import { carriedOn, randomRoot, treeSpec } from './testing/sessions.ts'

/** How often the session was answered when the new version comes. */
const before = fc.nat(4)
const TURNS = 10
/** Hundreds of sessions each, on machines that have other things to do as well. */
const timeout = 60_000

const version = (root: NodeSpec, number = '1'): Tree => build(treeSpec(root, { version: number }))

it('a session that goes on in the same tree is the same session', { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(randomRoot, before, async (root, turns) => {
      const tree = version(root)
      const { snapshot } = (await carriedOn(tree, turns)).rest
      expect(planMigration(tree, tree, snapshot)).toEqual({ verdict: 'safe', reasons: [] })
      expect(JSON.stringify(migrate(tree, tree, snapshot))).toBe(JSON.stringify(snapshot))

      const next = version(root, '2')
      expect(planMigration(tree, next, snapshot).verdict).toBe('safe')
      const header = { id: 't', version: '2', hash: next.hash }
      expect(migrate(tree, next, snapshot)).toEqual({ ...snapshot, tree: header })
    }),
    { numRuns: 80 },
  )
})

it(
  'where a node was put that the session has not come by, it ends as if it had always been there',
  { timeout },
  async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(randomRoot, before, fc.nat(), fc.nat(), async (root, turns, list, position) => {
        const more = copyOf(root)
        const rows = rowsOf(more)
        fc.pre(rows.length > 0)
        const row = rows[list % rows.length]!
        row.splice(position % (row.length + 1), 0, { op: 'write', name: 'new', config: { key: 'a', value: 'new' } })
        const [from, to] = [version(root), version(more, '2')]

        const always = await carriedOn(to, turns)
        fc.pre(always.rest.status === 'running' && !always.trace.some((event) => event.node.endsWith('/new')))
        const { snapshot } = (await carriedOn(from, turns)).rest
        if (planMigration(from, to, snapshot).verdict === 'stay') return
        compared++
        const carried = migrate(from, to, snapshot)
        expect(carried).toEqual(always.rest.snapshot)
        const end = await carriedOn(to, TURNS, { ...always, rest: { ...always.rest, snapshot: carried } })
        const same = await carriedOn(to, TURNS, always)
        expect(end.trace).toEqual(same.trace)
        expect(end.rest.snapshot).toEqual(same.rest.snapshot)
      }),
      { numRuns: 150 },
    )
    expect(compared).toBeGreaterThan(15)
  },
)

const said = ({ trace }: { trace: TraceEvent[] }) => trace.map(({ kind, visit }) => [kind, visit])

it('under other names it does what it did under its own', { timeout }, async () => {
  let compared = 0
  await fc.assert(
    fc.asyncProperty(randomRoot, before, fc.nat(), async (root, turns, which) => {
      const from = version(root)
      const standing = await carriedOn(from, turns)
      const { snapshot } = standing.rest
      const inUse = Object.keys(snapshot.nodes).filter((id) => id !== 't' && specAt(root, id) !== undefined)
      fc.pre(inUse.length > 0)
      const old = inUse[which % inUse.length]!
      const to = version(renamedAt(root, old), '2')
      const now = `${old.slice(0, old.lastIndexOf('/'))}/other`
      expect(planMigration(from, to, snapshot).verdict).toBe('stay')
      const { verdict, reasons } = planMigration(from, to, snapshot, { [old]: now })
      if (verdict === 'stay') {
        for (const reason of reasons) expect(reason).toMatch(/children have other names|repeats effects/)
        return
      }
      compared++
      const carried = migrate(from, to, snapshot, { [old]: now })
      const waits = standing.rest.waits.map((parked, position) => ({ ...parked, node: carried.waits[position]!.node }))
      const end = await carriedOn(to, TURNS, { ...standing, rest: { ...standing.rest, snapshot: carried, waits } })
      const same = await carriedOn(from, TURNS, standing)
      expect(end.rest.status).toBe(same.rest.status)
      expect(said(end)).toEqual(said(same))
    }),
    { numRuns: 150 },
  )
  expect(compared).toBeGreaterThan(15)
})

it('whatever was changed, a session either stays, with reasons, or can be continued', { timeout }, async () => {
  const verdicts = { safe: 0, map: 0, stay: 0 }
  await fc.assert(
    fc.asyncProperty(randomRoot, randomRoot, before, fc.nat(), fc.nat(), async (root, other, turns, which, how) => {
      const from = version(root)
      const standing = await carriedOn(from, turns)
      const { snapshot, status } = standing.rest
      fc.pre(status === 'running')
      const parents = Object.keys(snapshot.nodes).filter((id) => specAt(root, id)?.children !== undefined)
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
      const end = await carriedOn(to, TURNS, { ...standing, rest: { ...standing.rest, snapshot: carried } })
      expect(['snapshot_invalid', 'not_parked', 'node_threw', 'no_child']).not.toContain(end.rest.fault?.code)
    }),
    { numRuns: 150 },
  )
  expect(verdicts.safe).toBeGreaterThan(15)
  expect(verdicts.stay).toBeGreaterThan(15)
})

function compiled(root: NodeSpec): Tree | undefined {
  try {
    return version(root, '2')
  } catch (error) {
    if (error instanceof TreeError) return undefined
    throw error
  }
}

/** Every node an object of its own: the generator gives one object to several places, and `structuredClone` keeps that. */
const copyOf = (root: NodeSpec): NodeSpec => JSON.parse(JSON.stringify(root)) as NodeSpec

function nodesOf(spec: NodeSpec): NodeSpec[] {
  return [spec, ...(spec.children ?? []).flatMap(nodesOf)]
}

/** Child lists that may grow: those of sequences and selectors. */
function rowsOf(root: NodeSpec): NodeSpec[][] {
  return nodesOf(root)
    .filter(({ op }) => op === 'sequence' || op === 'selector')
    .map(({ children }) => children!)
}

/** What stands in the spec under an id; nodes of subtrees and copies do not. */
function specAt(root: NodeSpec, id: string): NodeSpec | undefined {
  let spec: NodeSpec | undefined = root
  for (const name of id.split('/').slice(1)) spec = spec?.children?.find((child) => (child.name ?? child.op) === name)
  return spec
}

/** Takes a child out, puts one in, turns two around, puts another in its place or one around it, changes its config. */
function changedAt(root: NodeSpec, parent: string, other: NodeSpec, how: number): NodeSpec {
  const copy = copyOf(root)
  const children = specAt(copy, parent)!.children!
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

/** One node under another name, and a parent that names it told so. */
function renamedAt(root: NodeSpec, id: string): NodeSpec {
  const spec = copyOf(root)
  const parent = specAt(spec, id.slice(0, id.lastIndexOf('/')))!
  const name = id.slice(id.lastIndexOf('/') + 1)
  specAt(spec, id)!.name = 'other'
  if (parent.op !== 'stages' && parent.op !== 'switch') return spec
  const told = JSON.stringify(parent.config).replaceAll(`"${name}"`, '"other"')
  parent.config = JSON.parse(told) as NonNullable<NodeSpec['config']>
  return spec
}
