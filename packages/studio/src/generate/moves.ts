import type { Json } from '@copse/contracts'
import type { Snapshot } from '@copse/engine'
import { formatDuration } from '@copse/time'
import { isOf, leavesIn, type Leaf } from '../check/leaf.ts'
import type { Program, Stage } from '../check/program.ts'
import type { Said } from '../said.ts'
import { repliesFor, valuesOf, type Aim } from './samples.ts'

/** What a customer does in a turn. */
export type Move = { customer: string } | { taps: string } | { waits: string }

/** An answer to no question, in words that no free text takes either. */
export const unclear = ['I don’t know', 'Hm?']

/** Stages that wait; a scenario can play those that wait for a customer or for the clock. */
export function waitingStages({ stages }: Program, snapshot: Snapshot): Stage[] {
  const nodes = snapshot.waits.map(({ node }) => node.slice(node.indexOf('/') + 1))
  return [...stages.values()].filter(({ id }) => nodes.some((node) => node === id || node.startsWith(`${id}/`)))
}

/** All that can make a difference where a conversation rests after these turns. */
export function movesAt(aim: Aim, turns: readonly { said: Said }[], startAt: number): Move[] {
  const { said } = turns.at(-1)!
  const snapshot = said.atRest.session?.snapshot as Snapshot | undefined
  if (!snapshot || said.status !== 'waiting') return []
  const now = startAt + (said.atRest.underWay?.waitedMs ?? 0)
  const leaves = waitingStages(aim.program, snapshot).flatMap((stage) => leavesIn(stage.id, stage.node))
  const seen = new Set(turns.flatMap((turn) => turn.said.options.map(({ id }) => id)))
  const earlier = leaves.flatMap(payloadsOf).filter((id) => seen.has(id))
  const taps = [...said.options.map(({ id }) => id), ...earlier]
  const times = snapshot.waits.flatMap(({ wait }) => (wait.kind === 'timer' && wait.at !== undefined ? [wait.at] : []))
  const hears = snapshot.waits.some(({ wait }) => wait.kind === 'input')
  const own = leaves.flatMap((leaf) => wordsFor(leaf, aim, now))
  const words = hears ? [...own, 'yes', 'no', ...correctionsOf(aim, snapshot, now), ...unclear] : []
  return [
    ...[...new Set(taps)].map((id) => ({ taps: id })),
    ...[...new Set(words)].map((text) => ({ customer: text })),
    ...(times.length === 0 ? [] : [{ waits: durationFor(Math.min(...times) - now) }]),
  ]
}

/** Where something is to be taken back, it is when what was said before is corrected. */
function correctionsOf(aim: Aim, { scopes }: Snapshot, now: number): string[] {
  const stages = [...aim.program.stages.values()]
  if (!stages.some(({ exits }) => Object.keys(exits).some((exit) => exit.startsWith('undo:')))) return []
  const fields = stages.flatMap(({ id, node }) => leavesIn(id, node)).flatMap((leaf) => fieldsOf(leaf))
  return fields.flatMap((field) => {
    const known = scopes[''][field.key]?.value
    const others = known === undefined ? [] : repliesFor(aim, field, now).filter((reply) => reply !== textOf(known))
    return others.slice(0, 1).map((reply) => `no, I meant ${reply}`)
  })
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

const durationFor = (ms: number): string => formatDuration(Math.max(1, Math.ceil(ms / 1_000)) * 1_000)

/** Taps that a state listens for. */
const payloadsOf = (leaf: Leaf): string[] =>
  isOf(leaf, 'listen') ? leaf.config.transitions.flatMap(({ payload }) => payload ?? []) : []

function wordsFor(leaf: Leaf, aim: Aim, now: number): string[] {
  if (isOf(leaf, 'listen')) {
    const texts = aim.program.domain.field('message.text')?.isCut ? valuesOf(aim, 'message.text', 'customer') : []
    return [...texts.filter((text): text is string => typeof text === 'string'), 'hello']
  }
  if (isOf(leaf, 'classify'))
    return leaf.config.labels.flatMap(({ description, keywords }) => [description, ...keywords.slice(0, 1)])
  // Words can mean less than a tap: what they lead to may have to be confirmed.
  const keywords = isOf(leaf, 'choose') ? leaf.config.options.flatMap((option) => option.keywords.slice(0, 1)) : []
  const fields = fieldsOf(leaf)
  const values = fields.map((field) => repliesFor(aim, field, now))
  const together = values.flatMap(([first]) => first ?? []).join(', ')
  return [...keywords, ...(fields.length > 1 ? [together] : []), ...values.flat()]
}

function fieldsOf(leaf: Leaf) {
  if (isOf(leaf, 'collect') || isOf(leaf, 'pause') || isOf(leaf, 'review')) return leaf.config.fields
  return isOf(leaf, 'choose') ? leaf.config.options.flatMap(({ takes }) => takes) : []
}
