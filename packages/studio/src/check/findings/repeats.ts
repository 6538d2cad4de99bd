import type { Look } from './judged.ts'

/** Writes that can succeed twice in one conversation with the same arguments, and that nothing keeps from it. */
export const repeats: Look = ({ noticed, places, program, story }) =>
  [...noticed.repeats.values()].map(({ stage, operation, state, story: lines }) => {
    const manifest = program.operations[operation]
    const isGrave = manifest?.confirm === true || manifest?.effect === 'at-most-once'
    return {
      code: 'effect_repeats',
      severity: isGrave ? ('error' as const) : ('warning' as const),
      message: `"${operation}" can be done twice in one conversation, with the same arguments.`,
      ...places.call(stage, operation),
      why: story(state, lines),
      fix: program.isFlow
        ? 'Lead elsewhere once it is done (a fallback to the state itself does it again), or give the operation a naturalKey.'
        : 'Lead elsewhere once it is done, ask before it with `confirm: true`, or give the operation a naturalKey.',
    }
  })
