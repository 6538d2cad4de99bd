import { hasErrors } from '@copse/contracts'
import type { Reading } from './read-state.ts'
import type { State } from './state.ts'
import type { Transition } from './transition.ts'

/** What only shows when all states are known. */
export function checkStates(states: readonly State[], initial: string, reading: Reading): void {
  const byId = new Map(states.map((state) => [state.id, state]))
  for (const state of states) {
    reportNoWayOn(state, reading)
    reportShadowed(state, reading)
  }
  reportCircles(
    states,
    ({ transitions }) =>
      transitions
        .filter(isAlways)
        .map(({ to }) => to)
        .slice(0, 1),
    byId,
    (id) => {
      const fix = 'Give one of them a condition, or wait for a message in one of them.'
      reading.context.report.error('endless', ['states'], `From "${id}" on it goes round without ever waiting.`, {
        key: id,
        fix,
      })
    },
  )
  reportCircles(states, errorTargets, byId, (id) => {
    const fix = 'Lead to a state that calls nothing, to end or to handoff.'
    reading.context.report.error('endless', ['states'], `When the calls from "${id}" on fail, it goes round.`, {
      key: id,
      fix,
    })
  })
  // Where a target is wrong, what it was meant to lead to is not unreachable.
  if (!hasErrors(reading.report.diagnostics)) reportUnreachable(states, initial, byId, reading)
}

const errorTargets = ({ actions }: State): string[] => actions.flatMap(({ failing }) => failing?.to ?? [])
const isAlways = ({ triggers, isGlobal }: Transition): boolean =>
  !isGlobal && triggers.always === true && triggers.when === undefined

function reportNoWayOn({ id, transitions, fallback }: State, { context }: Reading): void {
  if (transitions.length > 0 || fallback !== undefined) return
  const fix = 'Add `transitions`, a `fallback`, or `{always: true, target: end}`.'
  context.report.lax('no_way_on', ['states'], `Nobody ever gets out of "${id}".`, { key: id, fix })
}

/** A transition that an earlier one always takes the messages of. */
function reportShadowed({ id, transitions }: State, { context }: Reading): void {
  for (const [at, transition] of transitions.entries()) {
    const before = transitions.slice(0, at).find((earlier) => covers(earlier, transition))
    // A state may well keep from a global one what it takes itself.
    if (!before || transition.isGlobal) continue
    const which = before.isGlobal ? 'A global transition' : 'A transition above'
    context.report.warning('never_taken', transition.path, `${which} takes every message that this one is for.`, {
      fix: before.isGlobal ? 'Remove it.' : `Put it before the other one in "${id}", or remove it.`,
    })
  }
}

function covers({ triggers: earlier }: Transition, { triggers: later }: Transition): boolean {
  if (earlier.always || later.always) return isCatchAll(earlier) && later.always === true
  if (earlier.when !== undefined || Object.keys(earlier).length === 0) return false
  const { payload, prefix, types } = earlier
  if (payload !== undefined && later.payload !== payload) return false
  if (prefix !== undefined && !(later.payload ?? later.prefix ?? '').startsWith(prefix)) return false
  const heard = later.payload ?? later.prefix
  return (
    types === undefined ||
    (heard !== undefined ? types.includes('payload') : later.types?.every((type) => types.includes(type)) === true)
  )
}

const isCatchAll = ({ always, when }: Transition['triggers']): boolean => always === true && when === undefined

/** Calls back with one state of each circle. */
function reportCircles(
  states: readonly State[],
  waysOf: (state: State) => string[],
  byId: ReadonlyMap<string, State>,
  report: (id: string) => void,
): void {
  const done = new Set<string>()
  for (const { id: start } of states) {
    const onWay = new Set<string>()
    const open: { id: string; leaving: boolean }[] = [{ id: start, leaving: false }]
    for (let next = open.pop(); next; next = open.pop()) {
      const { id, leaving } = next
      if (leaving) {
        onWay.delete(id)
        done.add(id)
        continue
      }
      if (onWay.has(id)) {
        report(id)
        return
      }
      const state = byId.get(id)
      if (!state || done.has(id)) continue
      onWay.add(id)
      open.push({ id, leaving: true }, ...waysOf(state).map((to) => ({ id: to, leaving: false })))
    }
  }
}

function reportUnreachable(
  states: readonly State[],
  initial: string,
  byId: ReadonlyMap<string, State>,
  { context }: Reading,
): void {
  const seen = new Set<string>()
  const open = [initial]
  while (open.length > 0) {
    const state = byId.get(open.pop()!)
    if (!state || seen.has(state.id)) continue
    seen.add(state.id)
    const { transitions, fallback } = state
    open.push(...transitions.map(({ to }) => to), ...(fallback === undefined ? [] : [fallback]), ...errorTargets(state))
  }
  for (const { id } of states) {
    if (seen.has(id)) continue
    context.report.warning('unreachable_state', ['states'], `Nothing leads to "${id}".`, {
      key: id,
      fix: 'Lead to it, or remove it.',
    })
  }
}
