import { taskExit, type Edge, type State } from '../explore/state.ts'
import { staysExit } from '../leaves/listen.ts'
import type { Found, Judged, Look } from './judged.ts'
import type { Sighting } from './noticed.ts'

/** A step from which no ending that the author wrote can be reached any more, whatever the customer and the tools answer. */
export const deadEnd: Look = (judged) => {
  const { explored, noticed, program } = judged
  const canEnd = new Set<State>()
  const before = new Map<State, State[]>()
  const open: State[] = []
  const isEnd = endsOf(judged)
  for (const state of explored.states) {
    for (const edge of state.edges) {
      // What nobody sees is no way out, and what happens later elsewhere is none either.
      if (edge.unseen || edge.exit === taskExit) continue
      if (isEnd(state, edge)) open.push(state)
      else if (edge.state) before.set(edge.state, [...(before.get(edge.state) ?? []), state])
    }
    // What was not gone into may end well.
    if (explored.isCut && state.edges.length === 0) open.push(state)
  }
  while (open.length > 0) {
    const state = open.pop()!
    if (canEnd.has(state)) continue
    canEnd.add(state)
    open.push(...(before.get(state) ?? []))
  }
  const stuck = explored.states.filter((state) => !canEnd.has(state))
  const entered = stuck
    .filter(({ parent }) => !parent || canEnd.has(parent.state))
    .map((state): Stuck => ({ stage: state.stage, state, story: [], goesRound: state.edges.some(leadsOn) }))
  const waiting = [...noticed.stuck.values()].map((sighting): Stuck => ({ ...sighting, goesRound: false }))
  const stages = new Set<string>()
  return [...entered, ...waiting].flatMap((one) => {
    // Where no branch holds, that is said already.
    if (stages.has(one.stage) || (program.isFlow && noticed.gaps.has(one.stage))) return []
    stages.add(one.stage)
    return foundIn(one, judged)
  })
}

interface Stuck extends Sighting {
  goesRound: boolean
}

const leadsOn = ({ state, exit, unseen }: Edge): boolean => state !== undefined && exit !== staysExit && !unseen

const foundIn = ({ stage, state, story: more, goesRound }: Stuck, { places, program, story }: Judged): Found => ({
  code: 'dead_end',
  severity: 'error',
  message: goesRound
    ? `From "${stage}" the conversation only goes round: no answer leads to an end.`
    : `The conversation gets stuck in "${stage}": no answer leads on.`,
  ...places.start(stage),
  why: story(state, more),
  fix: program.isFlow
    ? 'Offer something that leads to another state, to `end` or to `handoff`, or add a `fallback`.'
    : 'Give it a way to a step that ends, to `end`, or to `handoff`.',
})

/** Whether a way leads to an ending. Coming back to where a flow began is one: there it begins anew. */
function endsOf({ places, program }: Judged): (state: State, edge: Edge) => boolean {
  const handingOver = new Set(places.steps.filter((step) => places.targets(step).includes('handoff')))
  const isOnly = places.steps.length === 1
  return ({ stage }, { state: next, to, exit }) => {
    if (program.isFlow)
      return to === 'end' || exit === 'handoff' || (to === program.initial && (stage !== to || isOnly))
    return next === undefined && (to === 'end' || (to === '$handoff' && handingOver.has(stage)))
  }
}
