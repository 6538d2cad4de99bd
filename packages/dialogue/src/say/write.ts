import type { JsonObject, TurnJournal } from '@copse/contracts'
import { writeOffline, writeQuestion, type WritePart, type WriteTask } from '@copse/llm'
import type { TurnScope } from '../turn-scope.ts'
import { answering, mayAsk } from '../understand/ask-model.ts'

/**
 * Makes one message of the turn's say-intents. Texts of the author stand as they are; what has none is written by the
 * model in one call, and by fixed sentences when there is no model or it fails. The call is journaled.
 */
export async function write(scope: TurnScope, facts: JsonObject, journal: TurnJournal, key: string): Promise<string> {
  const task = (parts: WritePart[]): WriteTask => ({ language: scope.language, parts, facts })
  const open = scope.said.filter((part) => part.text === undefined)
  const written =
    open.length === 0 || !mayAsk(scope, 'write') ? undefined : await askModel(scope, task(open), journal, key)
  if (written === undefined) return writeOffline(task(scope.said))
  const first = scope.said.indexOf(open[0] as WritePart)
  const parts = scope.said.filter((part) => part.text !== undefined || part === scope.said[first])
  return writeOffline(task(parts.map((part) => (part.text === undefined ? { ...part, text: written } : part))))
}

async function askModel(
  scope: TurnScope,
  task: WriteTask,
  journal: TurnJournal,
  key: string,
): Promise<string | undefined> {
  const args = JSON.parse(JSON.stringify(task)) as JsonObject
  const request = { key, node: 'write', visit: 0, name: 'model:write', args, policy: 'read' as const }
  const ask = (signal: AbortSignal) =>
    scope.model
      .complete({ ...writeQuestion(task), task, purpose: 'write', signal })
      .then(({ text, usage }) => ({ data: { text }, usage }))
  const outcome = await journal.effect(request, answering(scope, ask))
  const text = outcome.status === 'ok' ? outcome.data['text'] : undefined
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined
}
