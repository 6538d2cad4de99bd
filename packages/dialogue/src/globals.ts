import { digest, readPath, type Json, type JsonObject, type Turn } from '@copse/contracts'
import { whenClosed } from './closed.ts'
import { deedsIn } from './history.ts'
import { yesNoOptions } from './leaves/yes-no.ts'
import { phrase, type Phrase } from './phrases.ts'
import type { Route } from './routing.ts'
import { fill } from './say/template.ts'
import { textFor, type Global, type Told, type TurnScope } from './turn-scope.ts'
import { globalIn, type Recognised } from './understand/globals.ts'

/** What a customer said beside the answer that was waited for: what comes of it. */
export type Served =
  /** The session waits on as it was. */
  { kind: 'stays'; told: Told } | { kind: 'ends'; outcome: 'cancelled' | 'escalated'; text: string }

/** `facts` is what is known of the case, for a person who takes over. */
export function serveGlobal(
  global: Global,
  given: { turn: Turn; scope: TurnScope; snapshot: Json | undefined; facts: JsonObject },
): Served {
  const { turn, scope, snapshot, facts } = given
  const { language, told = { text: '', options: scope.options } } = scope
  switch (global.what) {
    case 'correction':
      return { kind: 'stays', told: global.told }
    case 'cancel':
      return { kind: 'ends', outcome: 'cancelled', text: cancelled(snapshot, scope, facts) }
    case 'person':
      return { kind: 'ends', outcome: 'escalated', text: toPerson(turn, scope, facts) }
    case 'forget':
      return {
        kind: 'stays',
        told: { text: ownOr('forget', 'forget_ask', scope, facts), options: yesNoOptions(language) },
      }
    case 'repeat':
      return { kind: 'stays', told: { ...told, text: told.text || phrase('nothing_said', language) } }
    case 'question':
      return {
        kind: 'stays',
        told: {
          ...told,
          text: joined(
            scope.said.map(({ text }) => text),
            told.text,
          ),
        },
      }
  }
}

const joined = (before: readonly (string | undefined)[], text: string): string =>
  [...before, text].filter((part) => part !== undefined && part !== '').join('\n\n')

/** The author's sentence, else ours. */
function ownOr(what: 'cancel' | 'forget' | 'person', name: Phrase, scope: TurnScope, facts: JsonObject): string {
  const own = textFor(scope.customs[what]?.say, scope)
  return own === undefined ? phrase(name, scope.language) : fill(own, (path) => readPath(facts, path))
}

/** What was done stays done, and what nobody knows yet is not passed over. */
function cancelled(snapshot: Json | undefined, scope: TurnScope, facts: JsonObject): string {
  const { language } = scope
  const deeds = deedsIn(snapshot)
  const done = deeds.flatMap(({ text }) => text ?? [])
  return [
    ownOr('cancel', 'cancelled', scope, facts),
    ...(done.length > 0 ? [phrase('done_before', language), ...done] : []),
    ...(deeds.some(({ uncertain }) => uncertain) ? [phrase('uncertain_before', language)] : []),
    ...(isUnderWay(snapshot) ? [phrase('under_way', language)] : []),
  ].join(' ')
}

/** It waits for the outside: what was asked for there goes on. */
const isUnderWay = (snapshot: Json | undefined): boolean => snapshot !== undefined && !waitsForWords(snapshot)

/** Said where no session is: there is nothing to repeat, and routing knows who asks for a person. */
export function globalUnrouted(chosen: Route, { input }: TurnScope): Recognised | undefined {
  const isNamed = chosen.kind === 'procedure' && ['payload', 'menu', 'trigger'].includes(chosen.by)
  const found = input && !isNamed && chosen.kind !== 'ambiguous' ? globalIn(input) : undefined
  if (found?.what === 'forget') return found
  // A tenant's flow has an answer of its own to everything else.
  return found?.what === 'cancel' && chosen.kind === 'none' ? found : undefined
}

interface Waits {
  waits?: { wait: { kind: string } }[]
}

/** Somebody in the session waits for the customer's words. */
export const waitsForWords = (snapshot: Json | undefined): boolean =>
  ((snapshot as Waits | undefined)?.waits ?? []).some(({ wait }) => wait.kind === 'input')

function toPerson(turn: Turn, scope: TurnScope, data: JsonObject): string {
  scope.handoffs.push({
    id: digest(['handoff', turn.id]).slice(0, 32),
    reason: 'wants_person',
    summary: 'The customer asked for a person.',
    data,
  })
  return [ownOr('person', 'handoff', scope, data), whenClosed(scope) ?? []].flat().join(' ')
}
