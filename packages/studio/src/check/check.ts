import type { ChannelLimits } from '@copse/contracts'
import { compileProcedure, type Catalogue } from '@copse/procedures'
import { describeExplosion } from './explosion.ts'
import { explore } from './explore/explore.ts'
import { storyOf } from './explore/state.ts'
import type { Checked, Finding } from './finding.ts'
import { looks } from './findings/all.ts'
import type { Found } from './findings/judged.ts'
import { createNoticed } from './findings/noticed.ts'
import { readAllPlaces } from './places/part-places.ts'
import { createProgram } from './program.ts'
import { unknownIn } from './walk/walk-node.ts'
import { worstOf } from './worst.ts'

export interface CheckOptions {
  file?: string
  /** Channels that it will run on. */
  channels?: readonly ChannelLimits[]
  /** Languages that every text must be there in; those that any text is in count by themselves. */
  languages?: readonly string[]
  /** The moment that dates are compared with, in epoch ms. */
  now: number
  /** Asked now and then; true ends the exploration. */
  isOver?: () => boolean
  /** At most so many states. */
  maxStates?: number
}

/**
 * What is wrong with a procedure, before any customer finds out: what the compiler says, then what can happen in any
 * conversation. Never throws on what an author wrote.
 */
export function checkProcedure(source: string, catalogue: Catalogue, options: CheckOptions): Checked {
  const { file, now, channels = [], languages = [], maxStates = 20_000, isOver = () => false } = options
  const named = file === undefined ? {} : { file }
  const compiled = compileProcedure(source, catalogue, named)
  const said = compiled.diagnostics.map((one): Finding => ({ ...one, why: [] }))
  if (!compiled.ok) return { id: file ?? '', ...named, findings: said }

  const { procedure } = compiled
  const program = createProgram(procedure.tree, catalogue.operations, { triggers: procedure.triggers, now })
  const { noticed, notesAt } = createNoticed()
  const explored = explore(program, notesAt, { states: maxStates, isOver })
  const reasons = [
    ...(explored.isCut ? [describeExplosion(explored, program)] : []),
    ...program.domain.reservations,
    ...[...new Set([...program.stages.values()].flatMap(({ node }) => unknownIn(node)))].map(
      (op) => `What "${op}" leads to is not known: it is taken to lead anywhere.`,
    ),
  ]
  const isExhaustive = reasons.length === 0
  const opening = `customer writes "${procedure.triggers[0] ?? 'hello'}"`
  const judged = {
    program,
    explored,
    noticed,
    places: readAllPlaces(source, compiled.composed.parts),
    isExhaustive,
    channels,
    languages,
    story: (state: Parameters<typeof storyOf>[0], more: readonly string[] = []) => [
      opening,
      ...storyOf(state),
      ...more,
    ],
  }
  const found = withoutEchoes(
    looks.flatMap((look) => look(judged)),
    said,
  ).map((finding) => ({ ...named, ...finding }))
  return {
    id: procedure.id,
    triggers: procedure.triggers,
    ...named,
    findings: [...said, ...found].sort((a, b) => a.line - b.line || a.column - b.column),
    explored: {
      states: explored.states.length,
      exhaustive: isExhaustive,
      reasons,
      worst: worstOf(explored, channels),
    },
  }
}

/** What says the same of a line as others do: steps that go round without a wait do not end either. */
const echoes: Record<string, readonly string[]> = {
  dead_end: ['cycle_without_wait'],
  branch_never_true: ['never_taken', 'read_before_write'],
  read_before_write: ['unknown_field'],
}

/** Once is enough. */
function withoutEchoes(found: readonly Found[], said: readonly Finding[]): Found[] {
  const all = [...found, ...said]
  return found.filter(
    ({ code, line }) => !all.some((other) => other.line === line && echoes[code]?.includes(other.code)),
  )
}
