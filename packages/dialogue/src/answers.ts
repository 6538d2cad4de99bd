import type { InboundEvent, JsonObject, StoredSession, Turn } from '@copse/contracts'
import type { EngineEvent, Snapshot } from '@copse/engine'
import { restKey } from './leaves/rest.ts'

const kinds = ['job', 'approval'] as const

/** Something outside has an answer: a job is finished, an approval is given. It says nothing of the customer. */
export const isAnswer = (event: InboundEvent): event is InboundEvent & { kind: (typeof kinds)[number] } =>
  kinds.some((kind) => kind === event.kind)

/** The session that waited for the answer has ended: nobody is told anything. */
export const cameTooLate = ({ session }: Turn, { sessionId }: InboundEvent): boolean =>
  session?.status !== 'waiting' || (sessionId !== undefined && session.id !== sessionId)

/** It is for who waits under its id. */
export function answerFor(event: InboundEvent | undefined): EngineEvent | undefined {
  if (event === undefined || !isAnswer(event)) return undefined
  const { id, ...data } = event.data ?? {}
  return { kind: event.kind, ...(typeof id === 'string' ? { key: id } : {}), data }
}

/** What the trace says of it. */
export const answered = ({ kind, data }: InboundEvent): JsonObject => ({
  kind: 'answer',
  what: kind,
  data: data ?? {},
})

/** An answer from outside, or a time that its author set: then it is not the customer who lets it rest. */
export const waitsForAnswer = ({ snapshot }: StoredSession): boolean =>
  ((snapshot as Partial<Snapshot> | null)?.waits ?? []).some(
    ({ wait }) => kinds.some((kind) => kind === wait.kind) || (wait.kind === 'timer' && wait.key === restKey),
  )
