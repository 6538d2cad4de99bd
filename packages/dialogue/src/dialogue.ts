import {
  digest,
  type ChannelLimits,
  type HandleTurn,
  type JsonObject,
  type Logger,
  type Release,
  type StoredSession,
  type Turn,
  type TurnResult,
} from '@copse/contracts'
import type { LlmProvider } from '@copse/llm'
import { identify } from './identity.ts'
import type { Operations } from './operations.ts'
import { phrase } from './phrases.ts'
import { chooseRoute, type Route } from './routing.ts'
import { render } from './say/render.ts'
import { runSession, type SessionRun } from './session.ts'
import type { Tree } from '@copse/engine'
import { openScope, type TurnScope } from './turn-scope.ts'

/** What is live now. Running sessions keep their tree; connectors and models are always the present ones. */
export interface Active {
  release: Release
  operations: Operations
  model: LlmProvider
}

export interface DialogueOptions {
  active(): Active
  trees: { get(hash: string): Promise<Tree> }
  limits(channel: string): ChannelLimits
  logger: Logger
  /** Loopback development only: without an identity operation the alias is taken for the customer. */
  dev: boolean
  /** A session that waited longer is not continued. */
  idleMs?: number
}

const dayMs = 24 * 3_600_000

/** Carries one turn to rest: who is it, which session, run the tree, say it. */
export function createDialogue(options: DialogueOptions): { handle: HandleTurn } {
  return {
    async handle(turn) {
      const active = options.active()
      const event = turn.events[0]
      const { session } = turn
      if (!event) return nothing(turn)
      const anew = event.fresh === true
      const ended = session !== undefined && session.status !== 'waiting' && !anew
      const idle = session !== undefined && turn.now - session.updatedAt > (options.idleMs ?? dayMs)
      const goesOn = session?.status === 'waiting' && !idle && !anew
      const scope = openScope({
        event,
        opening: !goesOn,
        profile: active.release.tenant.profile,
        now: turn.now,
        customerId: turn.contact.customerId,
        operations: active.operations,
        model: active.model,
      })
      const limits = options.limits(turn.channel)
      if (ended) return closed(session, scope, limits)

      const identity = await identify(turn, scope, active.release.identity)
      if (options.dev && active.release.identity === undefined) scope.customerId ??= turn.contact.alias
      const known: JsonObject = {
        ...identity.cells,
        ...(scope.customerId === undefined ? {} : { customer_id: scope.customerId }),
      }
      const bound = identity.customerId === undefined ? {} : { customerId: identity.customerId }
      const heard = {
        kind: 'message',
        text: scope.input?.text ?? '',
        ...(scope.input?.payload ? { payload: scope.input.payload } : {}),
      }

      if (goesOn) {
        const tree = () => options.trees.get(session.procedure.treeHash)
        const run = await runSession({ turn, scope, tree, session, known, logger: options.logger })
        return { ...finish(run, scope, limits, [heard]), ...bound }
      }
      const chosen = await chooseRoute(turn, scope, active.release.procedures)
      const routed = { kind: 'route', ...traceOf(chosen) }
      if (chosen.kind !== 'procedure') return { ...unrouted(turn, chosen, scope, limits, [heard, routed]), ...bound }
      const { procedure } = chosen
      const fresh = {
        id: sessionId(turn),
        procedure: { id: procedure.id, version: procedure.version, treeHash: procedure.treeHash },
        intent: procedure.id,
      }
      const tree = () => options.trees.get(procedure.treeHash)
      const run = await runSession({ turn, scope, tree, session: fresh, known, logger: options.logger })
      return { ...finish(run, scope, limits, [heard, routed]), conversation: {}, ...bound }
    },
  }
}

/** Derived from the turn, so that a re-run after a crash opens the same session. */
function sessionId(turn: Turn): string {
  const hex = digest(['session', turn.id])
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

function finish(run: SessionRun, scope: TurnScope, limits: ChannelLimits, before: JsonObject[]): TurnResult {
  const waits = run.session.status === 'waiting'
  return {
    session: run.session,
    messages: render(run.text, waits ? scope.options : [], limits),
    trace: [...before, ...run.trace, { kind: 'reply', text: run.text }],
    handoffs: scope.handoffs,
    usage: scope.usage,
  }
}

/** No procedure took the message: a menu, a question which one, or a person. Never an invented answer. */
function unrouted(
  turn: Turn,
  chosen: Exclude<Route, { kind: 'procedure' }>,
  scope: TurnScope,
  limits: ChannelLimits,
  trace: JsonObject[],
): TurnResult {
  const { language } = scope
  const offered = chosen.kind === 'person' ? [] : chosen.options
  const seenMenu = Array.isArray(turn.conversation.data['offered'])
  const words =
    chosen.kind === 'person' ? 'handoff' : chosen.kind === 'ambiguous' ? 'which' : seenMenu ? 'unclear' : 'menu'
  const text = phrase(words, language)
  const handoffs =
    chosen.kind === 'person'
      ? [
          {
            id: digest(['handoff', turn.id]).slice(0, 32),
            reason: 'The customer asked for a person.',
            summary: scope.input?.text ?? '',
            data: {},
          },
        ]
      : []
  return {
    conversation: offered.length > 0 ? { offered: offered as unknown as JsonObject[] } : {},
    messages: render(text, offered, limits),
    trace: [...trace, { kind: 'reply', text }],
    handoffs,
    usage: scope.usage,
  }
}

/** A message for a session that has ended changes nothing; it is answered so. */
function closed(session: StoredSession, scope: TurnScope, limits: ChannelLimits): TurnResult {
  const { id, procedure, intent, step, status, outcome, snapshot } = session
  const text = phrase(status === 'completed' ? 'ended' : 'ended_with_person', scope.language)
  return {
    session: { id, procedure, intent, step, status, snapshot, ...(outcome === undefined ? {} : { outcome }) },
    messages: render(text, [], limits),
    trace: [{ kind: 'reply', text }],
    handoffs: [],
    usage: [],
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
