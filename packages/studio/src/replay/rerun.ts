import {
  Fault,
  silentLogger,
  type ChannelLimits,
  type InboundEvent,
  type JsonObject,
  type KeptRelease,
  type Links,
  type OperationManifest,
  type RecordedTurn,
  type Recording,
  type Release,
  type ReleasedProcedure,
  type TurnJournal,
  type TurnResult,
} from '@copse/contracts'
import { createDialogue, createOperations, createTrees } from '@copse/dialogue'
import { createOfflineProvider, type LlmProvider } from '@copse/llm'
import { openingHoursOf } from '@copse/time'
import { sessionFor, type Standing } from './standing.ts'

/** What a release leaves to others to know. */
export interface Outside {
  operationsOf(release: Release): readonly OperationManifest[]
  limitsOf(release: Release, channel: string): ChannelLimits
}

export interface Recorded {
  recording: Recording
  /** What the tenant ran on, the oldest first. */
  releases: readonly KeptRelease[]
  outside: Outside
}

export interface Run {
  turn: RecordedTurn
  standing: Standing
  journal: TurnJournal
  /** What comes in, and when, if not what came then. */
  event?: InboundEvent
  now?: number
}

/** Runs recorded turns through the real dialogue. `draft` takes the place of the procedure of its name. */
export function createRerun(
  { recording, releases, outside }: Recorded,
  draft?: ReleasedProcedure,
): (run: Run) => Promise<TurnResult> {
  const procedures = [...(draft ? [draft] : []), ...releases.flatMap(({ release }) => release.procedures)]
  const trees = createTrees({
    loadTree: async (hash) => recording.trees[hash] ?? procedures.find(({ treeHash }) => treeHash === hash)?.tree,
  })

  return async ({ turn, standing, journal, event, now = turn.now }) => {
    const { release: kept, dev } = releaseAt(releases, now)
    const release = draft ? withDraft(kept, draft) : kept
    const events = event ? [event] : turn.events
    const [first] = events
    if (!first) throw new Fault('internal', { detail: `Turn ${turn.id} has no message.` })
    const { handle } = createDialogue({
      active: () => ({
        release,
        operations: createOperations([silent(outside.operationsOf(release))]),
        model: silentModel(release),
        hours: openingHoursOf(release.tenant.profile),
        ...(turn.outcomes.some(({ name }) => name === 'knowledge') ? { knowledge: silentKnowledge } : {}),
      }),
      trees,
      limits: (channel) => outside.limitsOf(release, channel),
      links: linksOf(turn),
      logger: silentLogger,
      dev,
    })
    const { id, name } = recording.contact
    const { customerId, memory } = standing
    return handle({
      id: turn.id,
      attempt: turn.attempts,
      now,
      seed: turn.seed,
      channel: first.channel,
      contact: {
        id,
        alias: first.contact.alias,
        ...(name === undefined ? {} : { name }),
        ...(customerId === undefined ? {} : { customerId }),
        ...(Object.keys(memory).length === 0 ? {} : { memory }),
      },
      conversation: { id: turn.conversationId, data: standing.conversations.get(turn.conversationId) ?? {} },
      session: sessionFor(standing, first.sessionId),
      events,
      journal,
      signal: new AbortController().signal,
    })
  }
}

/** The one that the process had taken up last. Before the first that is kept, that one has to do. */
function releaseAt(releases: readonly KeptRelease[], at: number): KeptRelease {
  const found = releases.findLast(({ usedAt }) => usedAt <= at) ?? releases[0]
  if (!found) throw new Fault('not_found', { detail: 'No release is kept with these conversations.' })
  return found
}

const withDraft = (release: Release, draft: ReleasedProcedure): Release => ({
  ...release,
  procedures: [...release.procedures.filter(({ id }) => id !== draft.id), draft],
})

const unasked = (): Promise<never> => Promise.reject(new Error('A replay performs nothing.'))

const silent = (operations: readonly OperationManifest[]) => ({
  name: 'recorded',
  operations,
  call: unasked,
  close: async () => {},
})

const silentKnowledge = { answer: unasked }

/** It is asked wherever the tenant's own was. */
const silentModel = ({ model }: Release): LlmProvider => ({
  ...createOfflineProvider(),
  ...(model.provider === 'offline' ? {} : { capabilities: { json: 'schema', stream: false } }),
  complete: unasked,
  completeJson: unasked,
  classify: unasked,
})

/** An address is signed with a key that stays with the process: where it was minted then, it is the same. */
const linksOf = ({ trace = [] }: RecordedTurn): Links => ({
  mint: ({ id }) => {
    const minted = trace.map(({ value }) => value as JsonObject | undefined).find((value) => value?.['id'] === id)
    return typeof minted?.['url'] === 'string' ? minted['url'] : `link:${id}`
  },
})
