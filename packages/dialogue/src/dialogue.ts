import {
  digest,
  type ChannelLimits,
  type HandleTurn,
  type InboundEvent,
  type JsonObject,
  type Knowledge,
  type Links,
  type Logger,
  type ReleasedProcedure,
  type Release,
  type StoredSession,
  type Turn,
  type TurnResult,
} from '@copse/contracts'
import type { LlmProvider } from '@copse/llm'
import type { OpeningHours } from '@copse/time'
import { answered, cameTooLate, isAnswer } from './answers.ts'
import { answerEnded } from './ended.ts'
import { answerToForget, askToForget } from './forgetting.ts'
import { globalUnrouted, serveGlobal } from './globals.ts'
import { toldIn } from './history.ts'
import { identify } from './identity.ts'
import { askAgain, oldTap } from './old-taps.ts'
import type { Operations } from './operations.ts'
import { confirmOptingOut } from './opting-out.ts'
import { phrase } from './phrases.ts'
import { readReminded } from './reminded.ts'
import { chooseRoute, type Route } from './routing.ts'
import { runTask } from './run-task.ts'
import { render } from './say/render.ts'
import { sessionFor } from './session-for.ts'
import { runSession, type SessionRun, type SessionStart } from './session.ts'
import { standingOver } from './standing.ts'
import { taskOf } from './tasks.ts'
import type { Trees } from './trees.ts'
import { nothingDue, rang, ringOf, timersOf } from './timers.ts'
import { openScope, type TurnScope } from './turn-scope.ts'
import type { Recognised } from './understand/globals.ts'
import { unrouted } from './unrouted.ts'
import { awaitedBy, leaveUnread } from './unread.ts'

/** What is live now. Running sessions keep their tree; connectors and models are always the present ones. */
export interface Active {
  release: Release
  operations: Operations
  model: LlmProvider
  /** When the tenant is open; always, if it does not say. */
  hours?: OpeningHours | undefined
  /** Answers questions that no procedure asked for. */
  knowledge?: Knowledge | undefined
}

export interface DialogueOptions {
  active(): Active
  trees: Trees
  limits(channel: string): ChannelLimits
  logger: Logger
  /** For leaves that wait for an answer from outside. */
  links?: Links
  /** Loopback development only: without an identity operation the alias is taken for the customer. */
  dev: boolean
}

/** Carries one turn to rest: who is it, which session, run the tree, say it. */
export function createDialogue(options: DialogueOptions): { handle: HandleTurn } {
  return {
    async handle(given) {
      const event = joined(given.events)
      if (!event) return nothing(given)
      const task = taskOf(given)
      const active = options.active()
      const over = standingOver(given, active.release)
      if (over) return over
      const ring = task ? undefined : ringOf(given)
      if (ring === 'over' || (isAnswer(event) && cameTooLate(given, event))) return nothingDue(event, 'session_over')
      const turn = ring ? { ...given, now: ring.now, events: [ring.event] } : given
      const found = sessionFor(turn, event, active.release.procedures)
      const scope = openScope({
        event: ring?.event ?? (task ? { ...event, language: task.language } : event),
        opening: found.kind === 'new',
        profile: active.release.tenant.profile,
        hours: active.hours,
        now: turn.now,
        contact: turn.contact,
        awaited: found.kind === 'goes-on' ? awaitedBy(found.session) : [],
        operations: active.operations,
        model: active.model,
        links: options.links,
        knowledge: active.knowledge,
      })
      const limits = options.limits(turn.channel)
      const confirmed = confirmOptingOut(event, scope.language, limits)
      if (confirmed) return confirmed
      if (task) return runTask(task, turn, scope, limits, options)
      if (found.kind === 'ended') return answerEnded(found.session, scope, limits)
      const unread = leaveUnread(turn, event, scope, limits)
      if (unread) return unread
      const waiting = found.kind === 'goes-on' ? found.session : undefined
      const old = waiting && oldTap(event, waiting, active.release.procedures)
      if (waiting && old === 'again') {
        const result = askAgain(turn, waiting, scope, limits)
        return { ...result, timers: timersOf(turn, result.session, scope.language) }
      }
      if (old === 'bare' && scope.input) scope.input.text = ''
      if (found.kind === 'new') readReminded(turn, scope)
      const toldBefore = waiting && toldIn(waiting.snapshot)
      const forgetting = old ? undefined : answerToForget(turn, scope, toldBefore, limits)
      if (forgetting) return forgetting

      const { customerId, cells } = await identify(turn, scope, active.release.identity)
      if (options.dev && active.release.identity === undefined) scope.customerId ??= turn.contact.alias
      const { memory } = turn.contact
      const remembered = memory === undefined ? {} : { memory }
      const known = {
        ...remembered,
        ...cells,
        ...(scope.customerId === undefined ? {} : { customer_id: scope.customerId }),
      }
      const play = (session: SessionStart) =>
        runSession({
          turn,
          scope,
          tree: () => options.trees.get(session.procedure.treeHash),
          session,
          known,
          logger: options.logger,
        })

      const goOn = async (session: StoredSession): Promise<TurnResult> => {
        const run = await play(session)
        const own = ring ? rang(event) : isAnswer(event) ? answered(event) : undefined
        if (own && run.isUnchanged) return nothingDue(event, ring?.isIdle ? 'idle' : 'nothing_due')
        // What the customer says meanwhile is no answer: the outside has it in hand.
        const text = run.isUnchanged ? phrase('in_progress', scope.language) : run.text
        return finish({ ...run, text }, scope, limits, [own ?? heard(scope)])
      }
      const result =
        found.kind === 'goes-on'
          ? await goOn(found.session)
          : { ...(await begin(turn, event, scope, limits, active.release.procedures, play)), ...found.leaving }
      const timers = timersOf(turn, result.session, scope.language)
      return {
        ...result,
        ...askToForget(turn, scope, result),
        timers: [...scope.timers, ...timers],
        ...(customerId === undefined ? {} : { customerId }),
      }
    },
  }
}

/** A burst reads as one message, with the identity of its first: what is derived from it must not depend on the rest. */
function joined(events: readonly InboundEvent[]): InboundEvent | undefined {
  const [first, ...more] = events
  if (!first || more.length === 0) return first
  return { ...first, text: events.map(({ text }) => text ?? '').join('\n') }
}

/** Routes a message that belongs to no session, and runs the procedure that takes it. */
async function begin(
  turn: Turn,
  event: InboundEvent,
  scope: TurnScope,
  limits: ChannelLimits,
  procedures: readonly ReleasedProcedure[],
  play: (session: SessionStart) => Promise<SessionRun>,
): Promise<TurnResult> {
  const chosen = await chooseRoute(turn, scope, procedures)
  const before = [heard(scope), { kind: 'route', ...traceOf(chosen) }]
  const global = globalUnrouted(chosen, scope)
  if (global) return aside(turn, scope, global, limits, before)
  if (chosen.kind !== 'procedure') return unrouted(turn, chosen, scope, limits, before)
  const { id, version, treeHash } = chosen.procedure
  const run = await play({ id: sessionId(event), procedure: { id, version, treeHash }, intent: id })
  return { ...finish(run, scope, limits, before), conversation: {} }
}

function heard({ input }: TurnScope): JsonObject {
  return { kind: 'message', text: input?.text ?? '', ...(input?.payload ? { payload: input.payload } : {}) }
}

/** Derived from the message, so that neither a crash nor a redrive opens a second session with effects of its own. */
function sessionId({ channel, messageId }: InboundEvent): string {
  const hex = digest(['session', channel, messageId])
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

function finish(run: SessionRun, scope: TurnScope, limits: ChannelLimits, before: JsonObject[]): TurnResult {
  const waits = run.session.status === 'waiting'
  return {
    session: run.session,
    messages: render(run.text, waits ? scope.options : [], limits, scope.media),
    ...(scope.quietMs === undefined ? {} : { quietMs: scope.quietMs }),
    trace: [...before, ...run.trace, { kind: 'reply', text: run.text }],
    handoffs: scope.handoffs,
    ...(scope.memories.length > 0 ? { memories: scope.memories } : {}),
    usage: scope.usage,
  }
}

/** What can be said at any time, said where nothing waits. */
function aside(
  turn: Turn,
  scope: TurnScope,
  { what, by, hit }: Recognised,
  limits: ChannelLimits,
  before: JsonObject[],
): TurnResult {
  scope.global = { what, by, hit, alone: true }
  const served = serveGlobal(scope.global, { turn, scope, snapshot: undefined, facts: {} })
  const { text, options } = served.kind === 'stays' ? served.told : { text: served.text, options: [] }
  return {
    messages: render(text, options, limits),
    trace: [...before, { kind: 'decision', about: 'global', chosen: what, why: { by, hit } }, { kind: 'reply', text }],
    handoffs: scope.handoffs,
    usage: scope.usage,
  }
}

const nothing = (turn: Turn): TurnResult => ({
  messages: [],
  trace: [{ kind: 'empty', turn: turn.id }],
  handoffs: [],
  usage: [],
})

function traceOf(chosen: Route): JsonObject {
  if (chosen.kind === 'procedure')
    return { chosen: chosen.procedure.id, version: chosen.procedure.version, by: chosen.by, hit: chosen.hit }
  return { chosen: null, why: chosen.kind }
}
