import type { Segment, Walk } from '../walk/walk.ts'

/** A stage about to be entered, with all that its ways can depend on. */
export interface State extends Pick<Walk, 'data' | 'read' | 'chosen' | 'done'> {
  stage: string
  from: string | undefined
  by: string | undefined
  /** Stages that are gone back to, innermost last. */
  returns: readonly string[]
  /** How it was reached first. */
  parent: { state: State; edge: Edge } | undefined
  edges: Edge[]
}

/** A state before it is known whether it is new. */
export type Arrival = Omit<State, 'parent' | 'edges'>

/** A way from a state to the next, or to an end. */
export interface Edge {
  /** Undefined: the conversation ends at `to`. */
  state: State | undefined
  to: string
  exit: string
  story: readonly string[]
  segments: readonly Segment[]
  /** Nothing that the customer sees leads this way. */
  unseen: boolean
}

/** The exit by which a task that was scheduled is told; nobody leaves by it. */
export const taskExit = '$task'

export const waits = ({ segments }: Edge): boolean => segments.length > 1

/** The same for states that nothing ahead tells apart. */
export const keyOf = ({ stage, from, by, returns, read, chosen, done, data }: Arrival): string =>
  JSON.stringify([
    stage,
    from,
    by,
    returns,
    read ? [...read].sort() : null,
    chosen,
    [...done.keys()].sort(),
    data.join(),
  ])

/** The conversation that led to a state, a line each. */
export function storyOf(state: State): string[] {
  const lines: string[][] = []
  for (let at: State | undefined = state; at?.parent; at = at.parent.state) lines.push([...at.parent.edge.story])
  return lines.toReversed().flat()
}
