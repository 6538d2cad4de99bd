import { canonicalJson } from '@copse/contracts'
import { hidden } from '@copse/dialogue'
import type { Snapshot, TreeSpec } from '@copse/engine'
import { createOfflineProvider } from '@copse/llm'
import type { Answer } from '../answers/answers.ts'
import type { Program } from '../check/program.ts'
import { NoRest, openConversation } from '../conversation.ts'
import { walkedIn } from '../coverage.ts'
import type { Desk } from '../desk.ts'
import { candidatesFor } from './candidates.ts'
import { movesAt, unclear, waitingStages, type Move } from './moves.ts'
import type { AtRest, Said } from '../said.ts'
import { durationOf } from '../scenario.ts'
import type { Aim } from './samples.ts'
import { openOutside, others, type Answered } from './outside.ts'

/** A conversation as far as it was followed. */
export interface Way {
  turns: { move: Move; said: Said; answered: Answered[] }[]
  /** Exits that it takes, as coverage names them. */
  exits: ReadonlySet<string>
}

export interface Found {
  ways: Way[]
  /** Turns that were tried. */
  turns: number
}

interface Bounds {
  /** Exits that are wanted, as coverage names them; each list is one edge. */
  wanted: readonly (readonly string[])[]
  /** Turns without anything new after which it gives up. */
  patience: number
}

export const alias = 'visitor'
const longest = 16
/** What a customer may go on with; a step gives up after a few times. */
const insistent = [...unclear, 'waits']
const mostTimes = 6
/** Ways in which the outside may answer one turn. */
const mostAnswers = 80

/**
 * Follows conversations through the real dialogue, always from where a wanted edge is nearest, until all are taken.
 * Conversations that know the same and wait for the same are one. The same each time: nothing is left to chance.
 */
export async function search(desk: Desk, aim: Aim, tree: TreeSpec, bounds: Bounds): Promise<Found> {
  const procedure = desk.release.procedures[0]!
  const { program } = aim
  const open = new Map<string, readonly string[]>(bounds.wanted.map((exits) => [canonicalJson(exits), exits]))
  const candidates = new Map<string, readonly Answer[]>()
  const seen = new Set<string>()
  const ways: Way[] = []
  const waiting: { way: Way; stages: string[] }[] = []
  const gone = new Map<string, number>()
  const insisted = new Set<string>()
  let turns = 0
  let idle = 0

  const answersOf = (name: string): readonly Answer[] => {
    const operation = desk.operations.find((one) => one.name === name)!
    const found = candidates.get(name) ?? candidatesFor(operation, aim, desk.answers)
    candidates.set(name, found)
    return found
  }

  async function play(from: AtRest | undefined, move: Move, prefix: readonly number[]) {
    const business = desk.business?.({ now: () => desk.startAt })
    const outside = openOutside(desk.operations, ({ name }) => answersOf(name), prefix, business?.connector)
    const { release, startAt, patienceMs } = desk
    const world = {
      release,
      connectors: [outside.connector],
      model: createOfflineProvider(),
      now: () => startAt,
      patienceMs,
    }
    const conversation = openConversation({ name: 'generated', as: alias }, from ? { ...world, from } : world)
    try {
      return { outside, said: await take(conversation, move) }
    } catch (error) {
      if (error instanceof NoRest) return { outside, said: undefined }
      throw error
    } finally {
      business?.close()
    }
  }

  function keep(way: Way): void {
    ways.push(way)
    for (const [key, exits] of open) {
      if (!exits.some((exit) => way.exits.has(exit))) continue
      open.delete(key)
      idle = 0
    }
    const last = way.turns.at(-1)!.said
    const snapshot = last.atRest.session?.snapshot as Snapshot | undefined
    if (last.status !== 'waiting' || !snapshot || way.turns.length === longest) return
    const key = restOf(last, snapshot)
    if (seen.has(key)) return
    seen.add(key)
    waiting.push({ way, stages: waitingStages(program, snapshot).map(({ id }) => id) })
  }

  /** Answers with where it came as the outside answers first. */
  async function follow(before: Way | undefined, move: Move): Promise<Way | undefined> {
    const from = before?.turns.at(-1)?.said.atRest
    const prefixes: number[][] = [[]]
    let first: Way | undefined
    for (let at = 0; at < Math.min(prefixes.length, mostAnswers); at++) {
      const { outside, said } = await play(from, move, prefixes[at]!)
      turns++
      idle++
      prefixes.push(...others(outside.choices, prefixes[at]!))
      if (!said || (said.intent !== null && said.intent !== procedure.id)) continue
      const exits = walkedIn([said.trace], tree).exits
      const way = {
        turns: [...(before?.turns ?? []), { move, said, answered: outside.answered }],
        exits: new Set([...(before?.exits ?? []), ...exits]),
      }
      keep(way)
      if (at === 0) first = way
      if (open.size === 0 || idle > bounds.patience) break
    }
    return first
  }

  /** The same again and again, or nothing at all, until the step gives up: once for each step. */
  async function insist(way: Way, stages: readonly string[]): Promise<void> {
    const { step } = way.turns.at(-1)!.said
    for (const what of insistent) {
      const key = canonicalJson([what, stages])
      if (insisted.has(key)) continue
      insisted.add(key)
      let at: Way | undefined = way
      for (let times = 0; times < mostTimes && at?.turns.at(-1)!.said.step === step; times++) {
        const moves: Move[] = movesAt(aim, at.turns, desk.startAt)
        const move = moves.find((one) =>
          what === 'waits' ? 'waits' in one : 'customer' in one && one.customer === what,
        )
        at = move && (await follow(at, move))
      }
    }
  }

  await follow(undefined, { customer: procedure.triggers[0] ?? 'hello' })
  while (open.size > 0 && waiting.length > 0 && idle <= bounds.patience) {
    const distances = distancesTo([...open.values()].flat(), program)
    const costOf = ({ way, stages }: (typeof waiting)[number]): number =>
      Math.min(...stages.map((id) => (distances.get(id) ?? 40) * 6 + (gone.get(id) ?? 0)), 1_000) + way.turns.length
    const costs = waiting.map(costOf)
    const [next] = waiting.splice(costs.indexOf(Math.min(...costs)), 1)
    for (const id of next!.stages) gone.set(id, (gone.get(id) ?? 0) + 1)
    await insist(next!.way, next!.stages)
    for (const move of movesAt(aim, next!.way.turns, desk.startAt)) {
      await follow(next!.way, move)
      if (open.size === 0 || idle > bounds.patience) break
    }
  }
  return { ways, turns }
}

async function take(conversation: ReturnType<typeof openConversation>, move: Move): Promise<Said> {
  if ('waits' in move) return conversation.wait(durationOf(move.waits))
  return 'taps' in move ? conversation.tap(move.taps) : conversation.say(move.customer)
}

/** What a conversation at rest knows and waits for; how often a node was entered makes no difference. */
function restOf({ step, options }: Said, { scopes, nodes, waits }: Snapshot): string {
  const cells = Object.entries(scopes['']).filter(([key]) => key !== 'case_id' && key !== hidden.told)
  const memories = Object.entries(nodes).map(([id, { mem, memory }]) => [id, mem ?? null, memory ?? null])
  return canonicalJson([
    step,
    options.map(({ id }) => id),
    cells,
    memories,
    waits.map(({ node, wait }) => [node, wait.kind]),
  ])
}

/** How many steps it is at least from each stage to one that a wanted exit leaves. */
function distancesTo(exits: readonly string[], { stages }: Program): Map<string, number> {
  const distances = new Map(exits.map((exit) => [exit.split(' ')[0]!, 0]))
  const open = [...distances.keys()]
  for (const id of open) {
    for (const stage of stages.values()) {
      if (distances.has(stage.id) || !Object.values(stage.exits).some(({ to }) => to === id)) continue
      distances.set(stage.id, distances.get(id)! + 1)
      open.push(stage.id)
    }
  }
  return distances
}
