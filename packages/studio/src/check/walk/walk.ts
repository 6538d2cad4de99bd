import type { Data } from '../domain/domain.ts'

/** Purposes of model calls, as bits: at most one call each in a turn. */
export const purposes = { route: 1, extract: 2, classify: 4, write: 8 } as const

/** What happens between two waits. */
export interface Segment {
  /** Model calls that may be needed, as bits. */
  asks: number
  /** Letters of the longest wording. */
  letters: number
  /** Messages sent while the customer says nothing before the next. */
  nudges: number
}
const nothing: Segment = { asks: 0, letters: 0, nudges: 0 }

/** One way through a stage, as far as it has come. */
export interface Walk {
  data: Data
  /** Leaves that have read this turn's message; undefined when there is none to read. */
  read: ReadonlySet<string> | undefined
  /** One of several matches was chosen this turn. */
  chosen: boolean
  /** A person has just said yes to what comes next. */
  agreed: boolean
  /** The list that is offered here holds nothing. */
  isListEmpty: boolean
  /** How the action before this node failed, where it says itself what that leads to. */
  failed?: Left
  /** Writes that succeeded, with the fields that they took. */
  done: ReadonlyMap<string, readonly string[]>
  story: readonly string[]
  /** One more than there were waits. */
  segments: readonly Segment[]
  left?: Left
}
export interface Left {
  status: 'success' | 'failure'
  exit?: string
  by?: string
  /** Nothing that the customer sees leads this way. */
  unseen?: boolean
}

export const startOf = (from: Pick<Walk, 'data' | 'read' | 'chosen' | 'done'>): Walk => ({
  data: from.data,
  read: from.read,
  chosen: from.chosen,
  done: from.done,
  agreed: false,
  isListEmpty: false,
  story: [],
  segments: [nothing],
})

export const told = (walk: Walk, ...lines: string[]): Walk => ({ ...walk, story: [...walk.story, ...lines] })

export const leave = (walk: Walk, status: Left['status'], exit?: string, by?: string): Walk => ({
  ...walk,
  left: { status, ...(exit === undefined ? {} : { exit }), ...(by === undefined ? {} : { by }) },
})

const inLast = (walk: Walk, change: (segment: Segment) => Segment): Walk => ({
  ...walk,
  segments: [...walk.segments.slice(0, -1), change(walk.segments.at(-1) ?? nothing)],
})

export const asked = (walk: Walk, bits: number): Walk =>
  inLast(walk, (segment) => ({ ...segment, asks: segment.asks | bits }))

/** Says one of these texts; without any, a model may have to write. */
export function spoke(walk: Walk, texts: Readonly<Record<string, string>> | undefined): Walk {
  const longest = Math.max(0, ...Object.values(texts ?? {}).map((text) => text.length))
  return texts === undefined
    ? asked(walk, purposes.write)
    : inLast(walk, (segment) => ({ ...segment, letters: segment.letters + longest + 1 }))
}

/** Waits, and is answered by a message that `leaf` reads; without `leaf` nobody writes. */
export const waited = (walk: Walk, leaf: string | undefined, nudges: number): Walk => {
  const parked = inLast(walk, (segment) => ({ ...segment, nudges: segment.nudges + nudges }))
  return {
    ...parked,
    read: leaf === undefined ? undefined : new Set([leaf]),
    chosen: false,
    segments: [...parked.segments, nothing],
  }
}

export const waitsOf = ({ segments }: Walk): number => segments.length - 1
