import { isDeepStrictEqual } from 'node:util'
import type {
  ChannelLimits,
  InboundEvent,
  Json,
  Option,
  ReleasedProcedure,
  StoredSession,
  Turn,
  TurnResult,
} from '@copse/contracts'
import type { Snapshot } from '@copse/engine'
import { askToForget } from './forgetting.ts'
import { toldIn, withTold } from './history.ts'
import { withoutAsked } from './leaves/corrections.ts'
import { moreId } from './leaves/pages.ts'
import { phrase } from './phrases.ts'
import { meansOption } from './say/option-id.ts'
import { render } from './say/render.ts'
import type { Told, TurnScope } from './turn-scope.ts'
import { globalNames, payloadOf } from './understand/globals.ts'

/** What was said last, with the turns that said it while the same wait stood. */
export function toldAfter(
  turnId: string,
  given: { before: Json | undefined; after: Snapshot; told: Told | undefined; text: string; scope: TurnScope },
): Told | undefined {
  const { before, after, text, scope } = given
  const was = toldIn(before)
  const now = given.told ?? was
  if (!now || text === '') return now
  // What is asked in between has buttons of its own, and they may look the same.
  if (scope.global?.what === 'correction' || scope.global?.what === 'forget') return { ...now, turns: [] }
  const turns = scope.options.length > 0 ? [turnId] : []
  const isSame =
    was !== undefined &&
    now.text.endsWith(was.text) &&
    isDeepStrictEqual(now.options, was.options) &&
    isDeepStrictEqual(visitsIn(before), visitsIn(after))
  return { ...now, turns: isSame ? [...(was.turns ?? []), ...turns] : turns }
}

const waitsIn = (snapshot: unknown): Snapshot['waits'] => (snapshot as Partial<Snapshot> | undefined)?.waits ?? []
const visitsIn = (snapshot: unknown): string[] => [
  ...new Set(waitsIn(snapshot).map(({ node, visit }) => `${visit} ${node}`)),
]

/**
 * A button stays where it is: it may be tapped when another question is open, which has one of the same id. So a tap on
 * an earlier message is no answer. `again`: what is open is asked again. `bare`: a flow does not offer this now, and may
 * listen for it all the same; only the title says nothing. Undefined: it is a tap on what is open.
 */
export function oldTap(
  { offeredIn, payload }: InboundEvent,
  { snapshot, procedure }: StoredSession,
  procedures: readonly ReleasedProcedure[],
): 'again' | 'bare' | undefined {
  if (offeredIn === undefined || toldIn(snapshot)?.turns?.includes(offeredIn)) return undefined
  // These mean the same everywhere.
  if (globalNames.some((name) => payloadOf(name) === payload)) return undefined
  const isFlow = procedures.some(({ id, kind }) => id === procedure.id && kind === 'flow')
  const isOffered = [moreId, ...offeredNow(snapshot)].some((id) => meansOption(payload, id))
  return isFlow && !isOffered ? 'bare' : 'again'
}

const offeredNow = (snapshot: Json): string[] =>
  waitsIn(snapshot).flatMap(({ wait }) => {
    const { options = [] } = (wait.data ?? {}) as { options?: unknown }
    return (options as Option[]).map(({ id }) => id)
  })

/** Nothing is taken from the tap. What was asked beside the open question is dropped: that is what the reply is to. */
export function askAgain(turn: Turn, session: StoredSession, scope: TurnScope, limits: ChannelLimits): TurnResult {
  const { id, procedure, intent, step, status } = session
  const told = toldIn(session.snapshot)
  const text = [phrase('old_choice', scope.language), told?.text ?? ''].filter((part) => part !== '').join('\n\n')
  const snapshot = withoutAsked(session.snapshot as unknown as Snapshot)
  const kept = told ? withTold(snapshot, { ...told, turns: [...(told.turns ?? []), turn.id] }) : snapshot
  const { text: said = '', payload = '' } = scope.input ?? {}
  const result: TurnResult = {
    session: { id, procedure, intent, step, status, snapshot: kept as unknown as Json },
    messages: render(text, told?.options ?? [], limits),
    trace: [
      { kind: 'message', text: said, payload },
      { kind: 'decision', about: 'tap', chosen: null, why: { because: 'It is on an earlier message.' } },
      { kind: 'reply', text },
    ],
    handoffs: [],
    usage: [],
  }
  return { ...result, ...askToForget(turn, scope, result) }
}
