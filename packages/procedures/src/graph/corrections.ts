import type { Field, LeafConfig, LeafOp } from '@copse/contracts'
import type { NodeSpec } from '@copse/engine'
import { leaf } from '../steps/leaf.ts'
import { decidersOf } from './deciders.ts'
import { rootOf } from './field-use.ts'
import { isLeaf, isOf, leavesIn, undoIn, type Leaf } from './leaves-in.ts'
import { reachableFrom, waysIn } from './reachable.ts'
import { readBy, testedBy, writtenBy, type Operations } from './reads.ts'
import { correctedStage, correctStage, type Stage, type StageGraph, type Target } from './stage-graph.ts'

type Redone = LeafConfig<'correct'>['steps'][string]

/** A step can be left for so many fields, those that stand last in the file before it: else trees grow by the square. */
const mostFields = 50

/** The exit by which a step that waits is left when the customer corrects what they said before. */
const exitFor = ({ key }: Field): string => `correct:${key}`

/** A stage with what it is made of, looked up once. */
interface Seen extends Stage {
  leaves: Leaf[]
  collects: Field[]
}

/**
 * The graph in which every step that waits can be left for each field that was asked for before it, with the stage that
 * knows which steps have to be done again then. A graph that asks for nothing stays as it is.
 */
export function withCorrections(graph: StageGraph, operations: Operations): StageGraph {
  const stages = graph.stages.filter(({ id }) => !id.startsWith('$')).map(seenOf)
  const ways = waysIn(stages)
  const asking = stages.flatMap(({ id, collects }, place) => {
    if (collects.length === 0) return []
    return { id, collects, exits: collects.map(exitFor), reached: reachableFrom(place, ways) }
  })
  if (asking.length === 0) return graph
  const fields = new Map<string, Field>()
  const askedBy = new Map<string, string[]>()
  for (const { id, collects } of asking)
    for (const field of collects) {
      if (!fields.has(field.key)) fields.set(field.key, field)
      askedBy.set(field.key, [...(askedBy.get(field.key) ?? []), id])
    }
  const exitsAt = ({ collects, exits, leaves }: Seen, place: number): Stage['exits'] => {
    if (!leaves.some((one) => waits(one, operations))) return exits
    const corrections = new Set<string>()
    for (const one of asking) if (one.reached[place] === 1) for (const exit of one.exits) corrections.add(exit)
    // What a step asks for itself it also takes again.
    for (const field of collects) corrections.delete(exitFor(field))
    const all = Object.entries(exits)
    for (const exit of [...corrections].slice(-mostFields)) all.push([exit, correctStage])
    return Object.fromEntries(all)
  }
  const exits = new Map(stages.map((stage, place) => [stage.id, exitsAt(stage, place)]))
  const left = graph.stages.map((stage) => ({ ...stage, exits: exits.get(stage.id) ?? stage.exits }))
  return { ...graph, stages: [...left, stageFor(stages, graph.aliases, [...fields.values()], askedBy, operations)] }
}

function seenOf(stage: Stage): Seen {
  const leaves = leavesIn(stage.node)
  return { ...stage, leaves, collects: leaves.flatMap((one) => (isOf(one, 'collect') ? one.config.fields : [])) }
}

function stageFor(
  stages: readonly Seen[],
  aliases: StageGraph['aliases'],
  fields: Field[],
  askedBy: ReadonlyMap<string, string[]>,
  operations: Operations,
): Stage {
  const undone = [...new Set(stages.flatMap(({ node }) => undoIn(node)))]
  const redone = new Map(stages.map((stage) => [stage.id, redoneOf(stage, aliases, operations)]))
  const several = foundBySeveral(redone)
  const deeds = new Set(
    stages.filter(({ leaves }) => leaves.some((one) => isWrite(one, operations))).map(({ id }) => id),
  )
  const deciders = decidersOf(stages, [...new Set([...deeds, ...several.keys()])])
  const sways = new Map<string, string[]>()
  for (const [id, found] of several)
    for (const decider of deciders.get(id) ?? []) sways.set(decider, [...(sways.get(decider) ?? []), ...found])
  const steps = stages.map(({ id }): [string, Redone] => [
    id,
    {
      ...redone.get(id)!,
      ...some('decidedBy', (deeds.has(id) && deciders.get(id)) || []),
      ...some('sways', sways.get(id) ?? []),
    },
  ])
  const detours = stages.flatMap(({ id, exits }): [string, string[]][] => {
    const back = Object.entries(exits).flatMap(([exit, target]) => (typeof target === 'object' ? [exit] : []))
    return back.length > 0 ? [[id, back]] : []
  })
  const exits: Record<string, Target> = { handoff: correctedStage, failure: correctedStage }
  for (const id of [...[...askedBy.values()].flat(), ...detours.map(([id]) => id)]) exits[`to:${id}`] = id
  for (const id of undone) exits[`undo:${id}`] = { to: id, return: true }
  const config: LeafConfig<'correct'> = {
    step: correctStage,
    fields,
    askedBy: Object.fromEntries(askedBy),
    detours: Object.fromEntries(detours),
    steps: Object.fromEntries(steps.filter(([, step]) => Object.keys(step).length > 0)),
  }
  return { id: correctStage, node: leaf('correct', config, correctStage), exits }
}

/** Steps that find out what others find out, too, with those fields. What is remembered of a person is added to, not replaced. */
function foundBySeveral(redone: ReadonlyMap<string, Redone>): Map<string, string[]> {
  const finders = new Map<string, string[]>()
  for (const [id, { writes = [] }] of redone)
    for (const field of writes) if (field !== 'memory') finders.set(field, [...(finders.get(field) ?? []), id])
  const several = new Map<string, string[]>()
  for (const [field, ids] of finders)
    if (ids.length > 1) for (const id of ids) several.set(id, [...(several.get(id) ?? []), field])
  return several
}

const waiting = new Set<LeafOp>(['collect', 'choose', 'pause', 'confirm', 'review', 'classify', 'rest'])
const waits = (one: Leaf, operations: Operations): boolean =>
  waiting.has(one.op) || (isOf(one, 'call') && operations[one.config.operation]?.options !== undefined)

const isWrite = (one: Leaf, operations: Operations): boolean =>
  isOf(one, 'call') && operations[one.config.operation]?.effect !== 'read'

/** All that a stage reads and finds out; empty where it is neither. */
function redoneOf({ node, leaves }: Seen, aliases: StageGraph['aliases'], operations: Operations): Redone {
  const names = [...guardsIn(node), ...leaves.flatMap((one) => readBy(one, operations))]
  const behind = (name: string): string[] => (Object.hasOwn(aliases, name) ? [aliases[name]!] : [])
  const reads = names.flatMap((name) => [name, ...behind(name), ...behind(rootOf(name))]).map(rootOf)
  return {
    ...some('reads', reads),
    ...some('writes', leaves.flatMap((one) => writtenBy(one, operations)).map(rootOf)),
    ...some('undo', undoIn(node)),
    ...(leaves.some(({ op }) => op === 'classify') ? { weighs: true as const } : {}),
    ...(isPlain(node) ? {} : { opaque: true as const }),
  }
}

const some = <Key extends string>(key: Key, values: readonly string[]): { [K in Key]?: string[] } =>
  (values.length > 0 ? { [key]: [...new Set(values)] } : {}) as { [K in Key]?: string[] }

const plain = new Set(['sequence', 'selector', 'if'])
const isPlain = (node: NodeSpec): boolean =>
  isLeaf(node) || (plain.has(node.op) && (node.children ?? []).every((child) => isPlain(child)))

function guardsIn(node: NodeSpec): string[] {
  const own = node.op === 'if' ? (node.config as { branches: unknown[] }).branches.flatMap(testedBy) : []
  return [...own, ...(node.children ?? []).flatMap(guardsIn)]
}
