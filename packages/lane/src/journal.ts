import {
  digest,
  Fault,
  type EffectOutcome,
  type EffectRequest,
  type JournalEntry,
  type Logger,
  type Store,
  type TurnJournal,
  type TurnResult,
} from '@copse/contracts'
import type { Probe } from './probe.ts'
import { carryOut, type Perform } from './write.ts'

export interface JournalOptions {
  store: Store
  turnId: string
  recorded: readonly JournalEntry[]
  signal: AbortSignal
  repeatMs: readonly number[]
  probe: Probe
  logger: Logger
}

/** The journal of one try of a turn. */
export interface AttemptJournal extends TurnJournal {
  /** What the turn's commit has to make durable. Throws when the run has left its journal or an effect threw. */
  conclude(result: TurnResult): JournalEntry[]
  /** The try is over: a handler that was left behind can record nothing more. */
  close(): void
}

interface Step {
  key: string
  argsHash: string
  outcome: EffectOutcome | undefined
}

export function createJournal(options: JournalOptions): AttemptJournal {
  const { store, turnId, signal, probe } = options
  const steps = stepsOf(options.recorded)
  let cursor = 0
  let nextSeq = (options.recorded.at(-1)?.seq ?? 0) + 1
  let unsaved: JournalEntry[] = []
  let previous: Promise<unknown> = Promise.resolve()
  let isClosed = false
  /** Of the last outcome: it is queued before whatever follows from it, so that nothing is durable without it. */
  let settled: Promise<void> = Promise.resolve()
  /** Whatever an effect threw first. What comes after it cannot be recorded in order, so the try has failed. */
  let failure: unknown

  function assertOpen(): void {
    if (failure !== undefined) throw failure
    if (isClosed) throw new Error('This try of the turn is over.')
    signal.throwIfAborted()
  }

  const entryOf = (request: EffectRequest, argsHash: string, outcome?: EffectOutcome): JournalEntry => ({
    seq: nextSeq++,
    kind: outcome === undefined ? 'intent' : 'outcome',
    key: request.key,
    name: request.name,
    argsHash,
    ...(outcome === undefined ? {} : { outcome }),
  })

  async function run(request: EffectRequest, perform: Perform): Promise<EffectOutcome> {
    assertOpen()
    const argsHash = digest(request.args)
    const step = steps[cursor]
    if (step) {
      if (step.key !== request.key) throw mismatch(`${request.node} came where another effect is recorded.`)
      if (step.argsHash !== argsHash) throw mismatch(`${request.node} gave ${request.name} other arguments.`)
      cursor++
      return step.outcome ?? settle(request, argsHash, perform, 'unsettled')
    }
    return request.policy === 'read' ? read(request, argsHash, perform) : write(request, argsHash, perform)
  }

  async function read(request: EffectRequest, argsHash: string, perform: Perform): Promise<EffectOutcome> {
    return remember(request, argsHash, await perform(request.key, signal))
  }

  /** Durable with the next intent, or with the turn. */
  function remember(request: EffectRequest, argsHash: string, outcome: EffectOutcome): EffectOutcome {
    unsaved.push(entryOf(request, argsHash, outcome))
    return outcome
  }

  async function write(request: EffectRequest, argsHash: string, perform: Perform): Promise<EffectOutcome> {
    const { key, node, visit, name, args, policy, naturalKey } = request
    const intent = entryOf(request, argsHash)
    const start = await store.beginEffect(
      { turnId, key, node, visit, name, args, argsHash, policy, ...(naturalKey === undefined ? {} : { naturalKey }) },
      [...unsaved, intent],
    )
    switch (start.state) {
      case 'mismatch':
        throw mismatch(`${node} gave ${name} other arguments than an earlier turn.`)
      case 'recorded':
        return remember(request, argsHash, start.outcome)
      case 'repeated':
        return remember(request, argsHash, { ...start.outcome, repeated: true } as EffectOutcome)
      case 'blocked':
        return remember(request, argsHash, {
          status: 'uncertain',
          code: 'unresolved_before',
          reason: 'An earlier try on the same thing may have happened, and nobody has looked yet.',
        })
      case 'begun':
      case 'unsettled':
        unsaved = []
        probe('intent-committed')
        // No write starts before the outcome of the one before is durable.
        await settled
        assertOpen()
        return settle(request, argsHash, perform, start.state)
    }
  }

  /** The intent is durable. */
  async function settle(
    request: EffectRequest,
    argsHash: string,
    perform: Perform,
    start: 'begun' | 'unsettled',
  ): Promise<EffectOutcome> {
    const outcome = await carryOut(request, perform, start, options)
    probe('effect-returned')
    if (isClosed) throw new Error('This try of the turn is over.')
    settled = store
      .settleEffect(turnId, { ...entryOf(request, argsHash, outcome), outcome })
      .then(() => probe('outcome-committed'))
    settled.catch((error: unknown) => {
      failure ??= error
      options.logger.error({ error, key: request.key }, 'the outcome of an effect could not be written down')
    })
    return outcome
  }

  return {
    // One after the other, in the order asked for: so a re-run reads the journal in the same order, and no write starts
    // before the previous outcome is durable.
    effect(request, perform) {
      const current = previous.then(() => run(request, perform))
      previous = current.catch((error: unknown) => {
        failure ??= error
      })
      return current
    },
    conclude(result) {
      if (failure === undefined && cursor < steps.length) throw mismatch('It rested before the end of its journal.')
      if (failure !== undefined && !(isMismatch(failure) && result.session?.status === 'faulted')) throw failure
      return unsaved
    },
    close() {
      isClosed = true
    },
  }
}

const mismatch = (detail: string): Fault => new Fault('journal_mismatch', { detail })

const isMismatch = (error: unknown): boolean => error instanceof Fault && error.code === 'journal_mismatch'

/** An intent and the outcome that follows are one step; an intent at the end may lack it. */
function stepsOf(entries: readonly JournalEntry[]): Step[] {
  const steps: Step[] = []
  for (const { kind, key, argsHash, outcome } of entries) {
    const last = steps.at(-1)
    if (kind === 'outcome' && last && last.outcome === undefined) last.outcome = outcome
    else steps.push({ key, argsHash, outcome })
  }
  return steps
}
