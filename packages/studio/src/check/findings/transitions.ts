import type { LeafConfig } from '@copse/contracts'
import { questionsOf } from '../domain/condition-fields.ts'
import { isOf, leavesIn, type Leaf } from '../leaf.ts'
import { messagesFor, isFor } from '../messages.ts'
import { commonValues, holdsAnywhere, mostBranches } from './branches.ts'
import type { Found, Judged, Look } from './judged.ts'

type Listen = Leaf<'listen'>
type Transition = LeafConfig<'listen'>['transitions'][number]

/** Transitions of a flow: those never taken, those that two conditions want, and what nothing takes or offers. */
export const transitions: Look = (judged) => {
  const { program, noticed, places } = judged
  const states = [...program.stages.values()].flatMap(({ id, node }) =>
    leavesIn(id, node).filter((leaf): leaf is Leaf & Listen => isOf(leaf, 'listen')),
  )
  const gaps = [...noticed.gaps.values()].filter(({ stage }) => places.transitions(stage).length > 0)
  return [
    ...states.flatMap((leaf) => [...neverTaken(leaf, judged), ...overlaps(leaf, judged)]),
    ...neverOffered(states, judged),
    ...gaps.map(({ stage, state, story }): Found => ({
      code: 'gap',
      severity: 'warning',
      message: `No transition of "${stage}" holds here, and it has no \`fallback\`.`,
      ...places.at(stage, ['transitions']),
      why: judged.story(state, story),
      fix: 'Add a transition without a condition, or a `fallback`.',
    })),
  ]
}

/** Those of the state itself, each with its place; the others belong to all states. */
function ownOf({ stage, config }: Listen, { places }: Judged) {
  const written = places.transitions(stage)
  return config.transitions.flatMap((transition, at) => {
    const place = written[at]
    return place ? [{ transition, at, place }] : []
  })
}

function neverTaken(leaf: Listen, judged: Judged): Found[] {
  const { noticed, isExhaustive, explored, story, program } = judged
  const first = explored.states.find(({ stage }) => stage === leaf.stage)
  if (!isExhaustive || !first) return []
  const taken = noticed.branches.get(leaf.stage) ?? new Set()
  return ownOf(leaf, judged).flatMap(({ transition: { when }, at, place }): Found[] => {
    if (taken.has(at) || when === undefined) return []
    return [
      {
        code: 'branch_never_true',
        severity: 'warning',
        message: holdsAnywhere(when, program)
          ? 'This transition is never taken. Whatever is left by then, its condition does not hold.'
          : 'The condition of this transition contradicts itself, so that it is never taken.',
        ...place,
        why: story(first),
        fix: 'Correct it, put it before the one that takes its cases, or remove it.',
      },
    ]
  })
}

const hears = ({ when }: Transition, { program }: Judged): boolean =>
  questionsOf(program.condition(when)).some(({ field }) => field.startsWith('message.'))

function overlaps(leaf: Listen, judged: Judged): Found[] {
  const { program } = judged
  const exits = program.stages.get(leaf.stage)?.exits ?? {}
  // What customers write may well hold two words; there the order is meant.
  const own = ownOf(leaf, judged)
    .filter(({ transition }) => transition.when !== undefined && !hears(transition, judged))
    .slice(0, mostBranches)
  const messages = messagesFor(leaf.config, leaf.stage, program.offered)
  const meet = (a: Transition, b: Transition): boolean =>
    (a.always === true && b.always === true) || messages.some((message) => isFor(a, message) && isFor(b, message))
  return own.flatMap(({ transition: second, place }, at) =>
    own.slice(0, at).flatMap(({ transition: first }): Found[] => {
      if (exits[first.exit]?.to === exits[second.exit]?.to || !meet(first, second)) return []
      const values = commonValues(first.when, second.when, program)
      if (values === undefined) return []
      const [one, other] = [first, second].map(({ exit }) => `"${exits[exit]?.to ?? exit}"`)
      return [
        {
          code: 'overlap',
          severity: 'warning',
          message: `Two transitions of "${leaf.stage}" hold at once: to ${one}, and to ${other}. The first wins.`,
          ...place,
          why: [values],
          fix: 'Make them exclude each other, or write a transition of its own for both.',
        },
      ]
    }),
  )
}

/** Taps that no state and no task offers: only a message from elsewhere could bring them. */
function neverOffered(states: readonly Listen[], judged: Judged): Found[] {
  const { program, places } = judged
  const found = new Map<string, Found>()
  for (const leaf of states) {
    const messages = messagesFor(leaf.config, leaf.stage, program.offered).filter(
      ({ offered }) => offered !== undefined,
    )
    leaf.config.transitions.forEach((transition, at) => {
      const tap = transition.payload ?? transition.prefix
      const fitting = messages.filter((message) => isFor(transition, message))
      if (tap === undefined || !fitting.every(({ offered }) => offered === 'nowhere')) return
      const place = places.transitions(leaf.stage)[at] ?? places.global(tap)
      found.set(`${place.line}`, {
        code: 'never_offered',
        severity: 'warning',
        message: `No state and no task offers ${transition.payload === undefined ? `anything that begins with "${tap}"` : `"${tap}"`}, so that nobody can choose it.`,
        ...place,
        why: [],
        fix: 'Offer it where it is meant to be chosen, or remove this.',
      })
    })
  }
  return [...found.values()]
}
