import type { Json, JsonObject, LeafConfig } from '@copse/contracts'
import type { Snapshot, TraceEvent, Tree } from '@copse/engine'
import { hidden } from './hidden.ts'

/** What the compiler knows about corrections: which fields can be corrected where, and what depends on them. */
export type Corrections = LeafConfig<'correct'>

/** A step that was left. */
export interface Taken {
  step: string
  exit: string
  by?: string
  /** Writes that it did. */
  did?: string[]
  /** Nobody knows whether one of them was done. */
  uncertain?: true
  /** What it came to counts no more, or was taken back: it is done anew. */
  stale?: true
  /** How many corrections ago it was gone, before the last one. */
  lap?: number
}

/** The way of a session so far, and what of it is gone again after a correction. Lives for a turn; kept with the session. */
export interface PathTaken {
  readonly corrections: Corrections
  /** Exits of a step for corrections: the fields. */
  correctableAt(step: string): string[]
  taken: Taken[]
  /** What the step that is being gone through has done. */
  open: Pick<Taken, 'did' | 'uncertain'>
  /** After a correction: the way that was taken before, as far as it was not gone again. */
  again: Taken[]
  /** Fields that may hold something else than they did on that way, but for what is stale anyhow. */
  changed: Set<string>
  /** How this step is to be left without being done, if it is. Asked by each of its leaves. */
  keptAt(step: string): Taken | undefined
  /** Follows what happens. */
  note(event: TraceEvent): void
  cells(): JsonObject
}

/** A session that went on for longer can be corrected as far as this reaches back. */
const longest = 200
const correctStage = '$correct'

interface Kept {
  taken: Taken[]
  open?: PathTaken['open']
  again?: Taken[]
  changed?: string[]
}

/** Undefined: the tree was built without corrections. */
export function pathIn(tree: Tree, snapshot: Json | Snapshot | undefined): PathTaken | undefined {
  const at = tree.byId.get(`${tree.id}/${correctStage}`)
  if (at === undefined) return undefined
  const corrections = tree.configs[at] as Corrections
  const exits = (tree.configs[0] as { exits: Record<string, JsonObject> }).exits
  const kept = (snapshot as Partial<Snapshot> | undefined)?.scopes?.['']?.[hidden.path]?.value as unknown as
    | Kept
    | undefined
  return createPath(corrections, (step) => Object.keys(exits[step] ?? {}).flatMap(correctedBy), kept)
}

const prefix = 'correct:'
const correctedBy = (exit: string): string[] => (exit.startsWith(prefix) ? [exit.slice(prefix.length)] : [])

function createPath(
  corrections: Corrections,
  correctableAt: PathTaken['correctableAt'],
  { taken = [], open = {}, again = [], changed = [] }: Partial<Kept> = {},
): PathTaken {
  // A step is looked up once, when it is entered: a wait in it that is answered goes on in it.
  let entered: string | undefined
  let kept: Taken | undefined

  const lookUp = (step: string): Taken | undefined => {
    const found = path.again.findIndex((one) => one.step === step)
    if (found < 0) return undefined
    const before = path.again[found]!
    // Of each way that was gone, what comes after: a step from an older one says nothing of the newer.
    path.again = path.again.filter((one, at) => at > found || one.lap !== before.lap)
    return mustBeDone(corrections, before, path.changed) ? undefined : before
  }

  const path: PathTaken = {
    corrections,
    correctableAt,
    // The stored snapshot stays as it is.
    taken: [...taken],
    open,
    again,
    changed: new Set(changed),
    keptAt(step) {
      if (entered === step) {
        entered = undefined
        kept = lookUp(step)
        if (kept) path.open = workOf(kept)
      }
      return kept?.step === step ? kept : undefined
    },
    note(event) {
      // Subtrees have transitions of their own.
      if (event.kind === 'transition' && !event.node.includes('/')) {
        const { from, to, exit, by } = event
        const isOwn = from !== null && !from.startsWith('$') && to !== correctStage
        if (isOwn) path.taken.push({ step: from, exit, ...(by === undefined ? {} : { by }), ...path.open })
        // What was done before the correction is still to be judged.
        if (to !== correctStage) path.open = {}
        entered = to
        kept = undefined
      }
      if (event.kind === 'effect' && event.policy !== 'read') addWork(path, event)
      if (event.kind === 'write' && event.scope === undefined && !event.key.startsWith('_') && path.again.length > 0)
        path.changed.add(event.key)
    },
    cells: () => ({
      [hidden.path]: {
        taken: path.taken.slice(-longest),
        ...(path.open.did ? { open: path.open } : {}),
        ...(path.again.length > 0 ? { again: path.again, changed: [...path.changed] } : {}),
      } as unknown as JsonObject,
    }),
  }
  return path
}

function addWork(path: PathTaken, { name, outcome }: Extract<TraceEvent, { kind: 'effect' }>): void {
  const { status } = outcome as { status?: string }
  if (status !== 'ok' && status !== 'uncertain') return
  path.open = {
    ...path.open,
    did: [...(path.open.did ?? []), name],
    ...(status === 'uncertain' ? { uncertain: true } : {}),
  }
}

const workOf = ({ did, uncertain }: Taken): Pick<Taken, 'did' | 'uncertain'> => ({
  ...(did ? { did } : {}),
  ...(uncertain ? { uncertain } : {}),
})

/** A step that asks is gone through again: it does not ask for what is known. */
const mustBeDone = (corrections: Corrections, before: Taken, changed: ReadonlySet<string>): boolean =>
  before.stale === true || asks(corrections, before.step) || dependsOn(corrections, before, changed)

export const asks = ({ askedBy }: Corrections, step: string): boolean =>
  Object.values(askedBy).some((asking) => asking.includes(step))

/** It looks at something that changed, found out what is forgotten, or a model weighed there all that was known. */
export function dependsOn({ steps }: Corrections, { step, by }: Taken, changed: ReadonlySet<string>): boolean {
  const { reads = [], writes = [], weighs, opaque } = steps[step] ?? {}
  if (opaque || (weighs && by === 'classification')) return true
  return [...reads, ...writes].some((field) => changed.has(field))
}
