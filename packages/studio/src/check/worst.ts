import type { ChannelLimits } from '@copse/contracts'
import type { Explored } from './explore/explore.ts'
import type { Edge, State } from './explore/state.ts'
import { taskExit, waits } from './explore/state.ts'
import type { Worst } from './finding.ts'
import { purposes, type Segment } from './walk/walk.ts'

const callsIn = (bits: number): number => callsOf[bits] ?? 0
const callsOf = Array.from(
  { length: 16 },
  (_, set) => Object.values(purposes).filter((bit) => (set & bit) !== 0).length,
)

/**
 * The most that a turn and a conversation can cost. Every purpose calls a model at most once a turn, so that only which
 * of them come together in a turn has to be known.
 */
export function worstOf({ states }: Explored, channels: readonly ChannelLimits[]): Worst {
  const narrowest = Math.min(...channels.map(({ textLength }) => textLength), Infinity)
  const perTurn = turnsOf(states)
  const order = topological(states, () => true)
  const messagesOf = ({ letters, nudges }: Segment): number =>
    Math.max(1, Number.isFinite(narrowest) ? Math.ceil(letters / narrowest) : 1) + nudges
  const longest = (cost: (edge: Edge) => number): number | null => order && longestOf(order, cost)
  const extra = (edge: Edge): number =>
    edge.segments.slice(0, -1).reduce((sum, segment) => sum + messagesOf(segment), 0)
  const replies = longest(({ exit, segments }) => (exit === taskExit ? 0 : segments.length - 1))
  const messages = longest(extra)
  return {
    modelCallsPerTurn: perTurn.calls,
    messagesPerTurn: perTurn.letters === null ? null : messagesOf({ asks: 0, nudges: 0, letters: perTurn.letters }),
    repliesPerConversation: replies,
    modelCallsPerConversation: order && callsPerConversation(order),
    messagesPerConversation: messages === null ? null : messages + 1,
  }
}

/** Which purposes can come together in one turn, and how many letters are said in it. */
function turnsOf(states: readonly State[]): { calls: number; letters: number | null } {
  // Bit i stands for the set of purposes i: which sets a turn can have had when it comes to a state.
  const arrivals = new Map<State, number>()
  let most = 0
  const open: State[] = []
  const arrive = (state: State | undefined, sets: number): void => {
    if (!state) return
    const before = arrivals.get(state) ?? 0
    if ((before | sets) === before) return
    arrivals.set(state, before | sets)
    open.push(state)
  }
  const ends = (sets: number): void => {
    for (let set = 0; set < 16; set++) if ((sets >> set) & 1) most = Math.max(most, callsIn(set))
  }
  arrive(states[0], 1 << purposes.route)
  for (let state = open.pop(); state; state = open.pop()) {
    const sets = arrivals.get(state)!
    for (const edge of state.edges) {
      const [first, ...rest] = edge.segments
      const reached = joined(sets, first?.asks ?? 0)
      ends(reached)
      for (const { asks } of rest) ends(1 << asks)
      arrive(edge.state, rest.length === 0 ? reached : 1 << rest.at(-1)!.asks)
    }
  }
  const order = topological(states, (edge) => !waits(edge))
  return { calls: most, letters: order && lettersPerTurn(order) }
}

/** The sets of purposes when these are added to each. */
function joined(sets: number, asks: number): number {
  let result = 0
  for (let set = 0; set < 16; set++) if ((sets >> set) & 1) result |= 1 << (set | asks)
  return result
}

function lettersPerTurn(order: readonly State[]): number {
  const said = new Map<State, number>()
  let most = 0
  for (const state of order) {
    const before = said.get(state) ?? 0
    for (const { segments, state: next } of state.edges) {
      const [first, ...rest] = segments
      const letters = before + (first?.letters ?? 0)
      most = Math.max(most, letters, ...rest.map((segment) => segment.letters))
      const carried = rest.length === 0 ? letters : rest.at(-1)!.letters
      if (next) said.set(next, Math.max(said.get(next) ?? 0, carried))
    }
  }
  return most
}

/** The longest way through, where nothing leads back. */
function longestOf(order: readonly State[], cost: (edge: Edge) => number): number {
  const reached = new Map<State, number>()
  let most = 0
  for (const state of order) {
    const before = reached.get(state) ?? 0
    for (const edge of state.edges) {
      const sum = before + cost(edge)
      most = Math.max(most, sum)
      if (edge.state) reached.set(edge.state, Math.max(reached.get(edge.state) ?? 0, sum))
    }
  }
  return most
}

/** As longestOf, but a purpose that a turn has called for already is not called for again. */
function callsPerConversation(order: readonly State[]): number {
  const reached = new Map<State, Map<number, number>>([[order[0]!, new Map([[purposes.route, 1]])]])
  let most = 1
  for (const state of order) {
    for (const [turn, calls] of reached.get(state) ?? []) {
      for (const { segments, state: next } of state.edges) {
        let now = turn
        let sum = calls
        segments.forEach(({ asks }, at) => {
          if (at > 0) now = 0
          sum += callsIn(asks & ~now)
          now |= asks
        })
        most = Math.max(most, sum)
        if (!next) continue
        const there = reached.get(next) ?? new Map<number, number>()
        there.set(now, Math.max(there.get(now) ?? 0, sum))
        reached.set(next, there)
      }
    }
  }
  return most
}

/** States before those that they lead to; null when some lead to themselves. */
function topological(states: readonly State[], counts: (edge: Edge) => boolean): State[] | null {
  const waiting = new Map<State, number>()
  for (const { edges } of states)
    for (const edge of edges)
      if (edge.state && counts(edge)) waiting.set(edge.state, (waiting.get(edge.state) ?? 0) + 1)
  const order = states.filter((state) => !waiting.has(state))
  for (const state of order) {
    for (const edge of state.edges) {
      if (!edge.state || !counts(edge)) continue
      const left = waiting.get(edge.state)! - 1
      waiting.set(edge.state, left)
      if (left === 0) order.push(edge.state)
    }
  }
  return order.length === states.length ? order : null
}
