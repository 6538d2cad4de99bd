import { waits, type Edge, type State } from '../explore/state.ts'
import { isOf, leavesIn } from '../leaf.ts'
import type { Program } from '../program.ts'
import type { Look } from './judged.ts'

/** An answer that leads back to a question whose answer is known: nothing is asked, and the customer comes back. */
export const notAskedAgain: Look = ({ explored, places, program, story }) => {
  const seen = new Set<string>()
  return explored.states
    .filter((state) => offers(state, program))
    .flatMap((state) =>
      state.edges.flatMap((edge) => {
        const answer = edge.story.at(-1)?.replace(/^customer /, '')
        const mute = edge.state && isAnswer(edge) && roundTo(state.stage, edge.state, program)
        const key = `${state.stage} ${edge.exit}`
        if (!mute || seen.has(key)) return []
        seen.add(key)
        return {
          code: 'not_asked_again',
          severity: 'warning' as const,
          message: `Who ${answer} in "${state.stage}" comes to "${mute}", where all is known: nothing is asked, and they are back in "${state.stage}".`,
          ...places.start(state.stage),
          why: story(state, edge.story),
          fix: 'Let a `confirm` step without `on_no` read it back: it asks what is wrong. Or ask in a `subprocedure`: what it asks for begins anew.',
        }
      }),
    )
}

/** Customers choose, or say yes or no. */
const offers = ({ stage }: State, { stages }: Program): boolean => {
  const found = stages.get(stage)
  const leaves = found ? leavesIn(stage, found.node) : []
  return leaves.some((leaf) => isOf(leaf, 'choose') || isOf(leaf, 'review'))
}

/** A correction is asked for where it belongs, and silence is no answer. */
const isAnswer = (edge: Edge): boolean =>
  waits(edge) && !edge.unseen && !edge.exit.includes(':') && !['failure', 'person', 'success'].includes(edge.exit)

/** The first question on a way back to `stage` that nothing waits on; none where something was tried anew in vain. */
function roundTo(stage: string, start: State, program: Program): string | undefined {
  const mutes = new Map([[start, muteOf(start, program)]])
  for (const [state, mute] of mutes) {
    if (state.stage === stage) {
      if (mute !== undefined) return mute
      continue
    }
    for (const { state: next, exit, segments } of state.edges)
      if (next && segments.length === 1 && exit !== 'failure' && exit !== 'unavailable' && !mutes.has(next))
        mutes.set(next, mute ?? muteOf(next, program))
  }
  return undefined
}

/** A question that is not asked, whatever the customer wrote. */
function muteOf({ stage, edges }: State, { stages }: Program): string | undefined {
  const found = stages.get(stage)
  const asks = found && leavesIn(stage, found.node).some((leaf) => isOf(leaf, 'collect'))
  return asks && edges.length > 0 && edges.every((edge) => !waits(edge)) ? stage : undefined
}
