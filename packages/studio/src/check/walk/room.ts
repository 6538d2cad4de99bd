import type { Condition } from '@copse/conditions'
import type { LeafConfig, LeafOp } from '@copse/contracts'
import { ask } from '../domain/ask.ts'
import { missing } from '../domain/domain.ts'
import { questionsOf } from '../domain/condition-fields.ts'
import { placeholdersIn } from '../leaf-data.ts'
import type { Program } from '../program.ts'
import { asked, leave, purposes, spoke, told, waited, type Walk } from './walk.ts'

/** What is noticed on the way, judged when all ways are known. */
export interface Notes {
  /** A text would be said while a field in it is not known. */
  hole(stage: string, field: string, certain: boolean, walk: Walk): void
  /** A field was read where it is, or is not, known. */
  read(stage: string, name: string, isKnown: boolean, walk: Walk): void
  /** A branch of a decision was taken. */
  branch(stage: string, at: number): void
  /** No branch was true, and nothing says what to do then. */
  gap(stage: string, walk: Walk): void
  /** Whatever is answered here, the conversation stays where it is. */
  stuck(stage: string, walk: Walk): void
  /** A write succeeded that had succeeded before with the same arguments. */
  repeat(stage: string, operation: string, walk: Walk): void
}

/** What a leaf knows while it is walked through. */
export interface Room {
  program: Program
  stage: string
  /** Names this leaf among those of all stages. */
  leaf: string
  /** Where the stage was entered from, where it looks at that, and how. */
  from: string | undefined
  by: string | undefined
  /** The stage that an exit leads to looks at how it is entered. */
  looks(exit: string): boolean
  /** Nothing more is tried when this leaf fails. */
  isLast: boolean
  notes: Notes
  /** A task will run, with what this walk knows. */
  later(task: string, walk: Walk): void
}

export type Walker<Op extends LeafOp> = (config: LeafConfig<Op>, walk: Walk, room: Room) => Walk[]

type Waiting = Pick<LeafConfig<'collect'>, 'silence'>

/** Replies that lead nowhere before the leaf gives up are told as one. */
export const times = (count: number): string => (count === 1 ? '' : `, ${count} times`)

/** Waits for the customer, who writes something that this leaf reads. */
export const heard = (walk: Walk, config: Waiting, room: Room): Walk => waited(walk, room.leaf, nudgesOf(config))

const nudgesOf = ({ silence = [] }: Waiting): number => silence.filter(({ exit }) => exit === undefined).length

/** What else can come of any wait: the customer asks for a person, corrects something, or says nothing for long enough. */
export function interrupted(walk: Walk, config: Waiting, room: Room): Walk[] {
  const person = leave(told(heard(walk, config, room), 'customer asks for a person'), 'failure', 'person')
  const last = config.silence?.find(({ exit }) => exit !== undefined)
  const aside = [person, ...corrected(walk, config, room)]
  if (last === undefined) return aside
  const silent = told(waited(walk, undefined, nudgesOf(config)), `customer says nothing for ${duration(last.afterMs)}`)
  return [...aside, leave(silent, 'failure', last.exit, 'silence')]
}

const correction = 'correct:'

/** The customer takes back what they may have said at an earlier step. */
export function corrected(walk: Walk, config: Waiting, room: Room): Walk[] {
  const { domain, stages } = room.program
  const reply = asked(heard(walk, config, room), purposes.extract | purposes.classify)
  return Object.keys(stages.get(room.stage)?.exits ?? {}).flatMap((exit) => {
    const field = exit.startsWith(correction) ? domain.field(exit.slice(correction.length)) : undefined
    if (!field || walk.data[field.index] === missing) return []
    return [
      leave(told(reply, `customer corrects the ${field.path.replaceAll('_', ' ')}`), 'failure', exit, 'correction'),
    ]
  })
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 1) return `${Math.round(ms / 1000)} seconds`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`
}

/** Says the words of a leaf; notes what would be missing in them. */
export function say(walk: Walk, texts: Readonly<Record<string, string>> | undefined, room: Room): Walk {
  holes(walk, Object.values(texts ?? {}), room)
  return spoke(walk, texts)
}

/** Notes what would be missing in these texts. */
export function holes(walk: Walk, texts: readonly string[], room: Room): void {
  const { domain, resolve } = room.program
  for (const name of new Set(texts.flatMap(placeholdersIn))) {
    const field = domain.field(resolve(name))
    const mask = field && walk.data[field.index]!
    if (!field || mask === undefined || (mask & missing) === 0n) continue
    if (mask === missing) room.notes.hole(room.stage, name, true, walk)
    else if (field.writers.customer && !field.writers.tool) room.notes.hole(room.stage, name, false, walk)
  }
}

/** Asks a condition, and notes which of its fields could be known here. */
export function decide(condition: Condition, walk: Walk, room: Room): { holds: boolean; walk: Walk }[] {
  for (const { field: name } of questionsOf(condition)) reads(name, walk, room)
  return ask(room.program.domain, condition, walk.data).map(({ holds, data }) => ({ holds, walk: { ...walk, data } }))
}

export function reads(name: string, walk: Walk, room: Room): void {
  const field = room.program.domain.field(room.program.resolve(name))
  if (field) room.notes.read(room.stage, field.path, walk.data[field.index] !== missing, walk)
}
