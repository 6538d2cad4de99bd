import type { Look } from './judged.ts'

/** Texts with a hole, and conditions and arguments on what nobody has written by then. */
export const readBeforeWrite: Look = ({ noticed, places, program, isExhaustive, story }) => {
  const namesOf = (path: string): string[] => [path, ...program.namesFor(path)]
  const all = [...noticed.holes.values()]
  // What is surely empty on one way is told by that.
  const isSure = (of: (typeof all)[number]): boolean =>
    all.some(({ stage, field, certain }) => certain && stage === of.stage && field === of.field)
  const told = all.filter((hole) => hole.certain || !isSure(hole))
  const holes = told.map(({ stage, field, certain, state, story: lines }) => ({
    code: certain ? 'read_before_write' : 'may_be_empty',
    severity: certain ? ('error' as const) : ('warning' as const),
    message: certain
      ? `"${stage}" says {{${field}}} before anybody has written it: the customer reads a gap.`
      : `"${stage}" says {{${field}}}, which the customer need not have given.`,
    ...places.placeholder(stage, field),
    why: story(state, lines),
    fix: certain
      ? 'Fetch or ask for it before, or leave it out here.'
      : program.isFlow
        ? 'Set it on every way here, or leave it out.'
        : 'Make it a required field, or leave it out here.',
  }))
  if (!isExhaustive) return holes
  const reads = [...noticed.reads.values()]
    .filter(({ everKnown }) => !everKnown)
    .map(({ stage, field, state, story: lines }) => ({
      code: 'read_before_write',
      severity: 'error' as const,
      message: `"${stage}" reads "${field}", but on no way there has anybody written it.`,
      ...places.reading(stage, namesOf(field)),
      why: story(state, lines),
      fix: `Put the ${program.isFlow ? 'state' : 'step'} that writes it before this one, or remove what reads it.`,
    }))
  return [...holes, ...reads]
}
