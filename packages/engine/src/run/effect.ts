import type { Perform } from '../tree/definition.ts'
import { RecordedError } from '../tree/faults.ts'
import { effectKey } from '../tree/hash.ts'
import type { Json } from '../tree/json.ts'
import { countAgain, identityOf, triesOf } from './attempts.ts'
import type { EffectOutcome, EffectRequest } from './journal.ts'
import type { Asked, State } from './state.ts'

/** Asks the journal, and tells of the outcome if the node is still there to hear it. */
export async function performEffect(session: State, index: number, asked: Asked): Promise<EffectOutcome> {
  const { name, args, options, perform } = asked
  const { eachTry, ...promised } = options
  const node = session.tree.ids[index]!
  const visit = session.visitOf(index)
  const key = effectKey(session.context.sessionId, node, identityOf(session, index), name)
  const request: EffectRequest = { key, node, visit, name, args, attempt: triesOf(session, index, key), ...promised }
  const halted = session.signalOf(index)
  let thrown: { error: unknown } | undefined
  const noted: Perform = async (givenKey, signal) => {
    // Not AbortSignal.any: the host's signal would hold it for as long as it lives.
    const either = new AbortController()
    const abort = ({ target }: Event): void => either.abort((target as AbortSignal).reason)
    const aborted = [signal, halted].find((one) => one.aborted)
    if (aborted) either.abort(aborted.reason)
    signal.addEventListener('abort', abort)
    halted.addEventListener('abort', abort)
    try {
      return await perform(givenKey, either.signal)
    } catch (error) {
      thrown = { error }
      throw error
    } finally {
      signal.removeEventListener('abort', abort)
      halted.removeEventListener('abort', abort)
    }
  }
  session.inFlight++
  let outcome: EffectOutcome
  try {
    outcome = await session.context.journal.effect(request, noted)
  } catch (error) {
    // What the node's own code threw is the session's fault; what the journal threw is not, and the turn runs again.
    if (thrown?.error !== error && !isRecorded(error)) session.abandon(error)
    throw error
  } finally {
    session.inFlight--
    session.rested()
  }
  if (session.isLive(index, visit)) {
    if (eachTry && outcome.status === 'ok') countAgain(session, index)
    const { policy } = options
    session.tell(index, { kind: 'effect', name, key, policy, args, outcome: outcome as unknown as Json })
  }
  return outcome
}

/** What a journal says about the session, not about itself. */
function isRecorded(error: unknown): boolean {
  if (error instanceof RecordedError) return true
  return (error as { code?: unknown } | null | undefined)?.code === 'journal_mismatch'
}
