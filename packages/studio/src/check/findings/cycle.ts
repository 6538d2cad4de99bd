import { waits, type Edge, type State } from '../explore/state.ts'
import type { Look } from './judged.ts'

/** Steps that lead to each other without ever waiting for the customer. The engine stops them after 100 rounds. */
export const cycle: Look = ({ explored, places, program, story }) => {
  const stages = new Set<string>()
  return inCycles(explored.states).flatMap((state) => {
    if (stages.has(state.stage)) return []
    const round = roundFrom(state)
    if (round.length === 0) return []
    for (const { to } of round) stages.add(to)
    const path = [state.stage, ...round.map(({ to }) => to)].join(' → ')
    return {
      code: 'cycle_without_wait',
      severity: 'error',
      message: `These ${program.isFlow ? 'states' : 'steps'} can go round without a word from the customer: ${path}.`,
      ...places.start(state.stage),
      why: story(
        state,
        round.flatMap((edge) => edge.story),
      ),
      fix: program.isFlow
        ? 'Let one of them wait for a message, or lead elsewhere.'
        : 'Let one of them wait for the customer (`collect_info`, `options`, `await_input: true`), or lead elsewhere.',
    }
  })
}

/** What remains of the states when those are taken away that lead on only by waiting, until none does. */
function inCycles(states: readonly State[]): State[] {
  const before = new Map<State, State[]>()
  const onward = new Map<State, number>()
  for (const state of states) {
    const next = state.edges.flatMap((edge) => (edge.state && !waits(edge) ? [edge.state] : []))
    onward.set(state, next.length)
    for (const one of next) before.set(one, [...(before.get(one) ?? []), state])
  }
  const done = states.filter((state) => onward.get(state) === 0)
  for (const state of done) {
    for (const one of before.get(state) ?? []) {
      const left = onward.get(one)! - 1
      onward.set(one, left)
      if (left === 0) done.push(one)
    }
  }
  return states.filter((state) => onward.get(state)! > 0)
}

/** The shortest way from a state back to it without a wait; none from one that only leads to such a round. */
function roundFrom(start: State): Edge[] {
  const ways = new Map<State, Edge[]>([[start, []]])
  for (const [state, way] of ways) {
    for (const edge of state.edges) {
      if (!edge.state || waits(edge)) continue
      if (edge.state === start) return [...way, edge]
      if (!ways.has(edge.state)) ways.set(edge.state, [...way, edge])
    }
  }
  return []
}
