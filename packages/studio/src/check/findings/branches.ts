import { ask } from '../domain/ask.ts'
import { describe, missing, type Data } from '../domain/domain.ts'
import { isOf, leavesIn, type Leaf } from '../leaf.ts'
import type { Program } from '../program.ts'
import { questionsOf } from '../domain/condition-fields.ts'
import type { Found, Judged, Look } from './judged.ts'

type Decide = Leaf<'decide'>

/** Decisions: branches that are never taken, values that no branch takes, and values that two take. */
export const branches: Look = (judged) => {
  const { program, noticed, places } = judged
  const decisions = [...program.stages.values()].flatMap(({ id, node }) =>
    leavesIn(id, node).filter((leaf): leaf is Leaf & Decide => isOf(leaf, 'decide')),
  )
  return [
    ...decisions.flatMap((leaf) => neverTaken(leaf, judged)),
    ...decisions.flatMap((leaf) => overlaps(leaf, judged)),
    ...[...noticed.gaps.values()].flatMap(({ stage, state, story }): Found[] => {
      if (program.isFlow || places.keys(stage).some((key) => key === 'else' || key === 'next_step')) return []
      return [
        {
          code: 'gap',
          severity: 'warning',
          message: `No branch of "${stage}" holds here, and nothing says what to do then.`,
          ...places.at(stage, ['conditions']),
          why: judged.story(state, story),
          fix: 'Add `else:` with the step to go on with.',
        },
      ]
    }),
  ]
}

function placeOf({ stage, config }: Decide, at: number, { places }: Judged) {
  const written = places.lengthOf(stage, ['conditions'])
  return places.at(stage, written === config.branches.length ? ['conditions', at, 'condition'] : ['conditions'])
}

function neverTaken(leaf: Decide, judged: Judged): Found[] {
  const { noticed, isExhaustive, explored, story } = judged
  const first = explored.states.find(({ stage }) => stage === leaf.stage)
  if (!isExhaustive || !first) return []
  const taken = noticed.branches.get(leaf.stage) ?? new Set()
  return leaf.config.branches.flatMap(({ title, when }, at): Found[] => {
    if (taken.has(at)) return []
    const isContradiction = !holdsAnywhere(when, judged.program)
    const name = title ?? `Branch ${at + 1}`
    return [
      {
        code: 'branch_never_true',
        severity: 'warning',
        message: isContradiction
          ? `${name}: this condition contradicts itself, so it is never true.`
          : `${name}: this is never taken. Whatever is left by then, it does not hold.`,
        ...placeOf(leaf, at, judged),
        why: story(first),
        fix: at > 0 ? 'Put it before the branch that takes its cases, or remove it.' : 'Correct it, or remove it.',
      },
    ]
  })
}

const everything = ({ domain }: Program): Data => domain.fields.map(({ all }) => all)

export const holdsAnywhere = (when: unknown, program: Program): boolean =>
  ask(program.domain, program.condition(when), everything(program)).some(({ holds }) => holds)

/** Pairs of branches are looked at up to here; an author with more has a table. */
export const mostBranches = 60

/**
 * Two branches with different targets that hold for the same values, where neither is a special case of the other. The
 * special before the general is how exceptions are written.
 */
function overlaps(leaf: Decide, judged: Judged): Found[] {
  const { program } = judged
  const { branches: all } = leaf.config
  const exits = program.stages.get(leaf.stage)?.exits ?? {}
  const looked = all.slice(0, mostBranches)
  return looked.flatMap((second, at) =>
    looked.slice(0, at).flatMap((first, before): Found[] => {
      if (exits[second.exit]?.to === exits[first.exit]?.to) return []
      const values = commonValues(first.when, second.when, program)
      if (values === undefined) return []
      const names = [first.title ?? `branch ${before + 1}`, second.title ?? `branch ${at + 1}`]
      return [
        {
          code: 'overlap',
          severity: 'warning',
          message: `Two branches of "${leaf.stage}" hold at once: ${names[0]}, and ${names[1]}. The first wins.`,
          ...placeOf(leaf, at, judged),
          why: [values],
          fix: 'Make them exclude each other, or write a branch of its own for both.',
        },
      ]
    }),
  )
}

/** Values for which both conditions hold, where neither is a special case of the other; for people. */
export function commonValues(one: unknown, other: unknown, program: Program): string | undefined {
  const [first, second] = [program.condition(one), program.condition(other)]
  const isClear = [first, second].every((condition) =>
    questionsOf(condition).every((question) => program.domain.answers(question) !== undefined),
  )
  if (!isClear) return undefined
  const forks = ask(program.domain, first, everything(program))
  const both = part(forks, true, second, true, program)
  const onlyFirst = part(forks, true, second, false, program)
  const onlySecond = part(forks, false, second, true, program)
  if (!both || !onlyFirst || !onlySecond) return undefined
  return program.domain.fields
    .filter((field) => both[field.index] !== field.all && (both[field.index]! & ~missing) !== 0n)
    .map((field) => `${field.path} is ${describe(field, both[field.index]!)}`)
    .join(', ')
}

function part(
  forks: readonly { holds: boolean; data: Data }[],
  holds: boolean,
  second: Parameters<typeof ask>[1],
  wanted: boolean,
  { domain }: Program,
): Data | undefined {
  for (const fork of forks) {
    if (fork.holds !== holds) continue
    const found = ask(domain, second, fork.data).find((one) => one.holds === wanted)
    if (found) return found.data
  }
  return undefined
}
