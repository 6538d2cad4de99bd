import { digest, type Option, type ReleasedProcedure, type Turn } from '@copse/contracts'
import { classifyOffline, classifyQuestion } from '@copse/llm'
import type { TurnScope } from './turn-scope.ts'
import { answering, mayAsk } from './understand/ask-model.ts'
import { resolveOption } from './understand/options.ts'
import { fold, foldAuthored, spaced, wantsPerson } from './understand/words.ts'

/** Which procedure a new message starts. */
export type Route =
  | {
      kind: 'procedure'
      procedure: ReleasedProcedure
      by: 'payload' | 'menu' | 'trigger' | 'rest' | 'words' | 'model'
      hit: string
    }
  | { kind: 'ambiguous'; options: Option[] }
  | { kind: 'person' }
  | { kind: 'none'; options: Option[] }

/**
 * Payload or menu choice, then trigger phrases (whole words, the longest wins). The rest is for the tenant's flow; without
 * one, the words of the descriptions decide. A model is asked by the caller, and only when this says none.
 */
export function route(
  message: { text: string; payload: string | undefined },
  procedures: readonly ReleasedProcedure[],
  offered: readonly Option[],
): Route {
  const find = (id: string): ReleasedProcedure | undefined => procedures.find((procedure) => procedure.id === id)
  const chosen = resolveOption(
    offered.map((option) => ({ ...option, keywords: [] })),
    message,
  )
  const fromMenu = chosen && 'choice' in chosen ? find(chosen.choice) : find(message.payload ?? '')
  if (fromMenu)
    return {
      kind: 'procedure',
      procedure: fromMenu,
      by: message.payload === undefined ? 'menu' : 'payload',
      hit: fromMenu.id,
    }

  const triggered = longestTrigger(message.text, procedures)
  const [only] = triggered
  if (only && triggered.length === 1)
    return { kind: 'procedure', procedure: only.procedure, by: 'trigger', hit: only.trigger }
  if (triggered.length > 1) return { kind: 'ambiguous', options: triggered.map(({ procedure }) => optionOf(procedure)) }
  if (wantsPerson(message.text)) return { kind: 'person' }

  const flow = procedures.find(({ kind }) => kind === 'flow')
  if (flow) return { kind: 'procedure', procedure: flow, by: 'rest', hit: flow.id }

  const byWords = find(classifyOffline({ text: message.text, labels: labelsOf(procedures), facts: {} }))
  if (byWords) return { kind: 'procedure', procedure: byWords, by: 'words', hit: byWords.description }
  return { kind: 'none', options: procedures.map(optionOf) }
}

/** Procedures whose trigger these words hold. */
export const startedBy = (text: string, procedures: readonly ReleasedProcedure[]): ReleasedProcedure[] =>
  longestTrigger(text, procedures).map(({ procedure }) => procedure)

function longestTrigger(
  text: string,
  procedures: readonly ReleasedProcedure[],
): { procedure: ReleasedProcedure; trigger: string }[] {
  const folded = spaced(fold(text))
  const hits = procedures.flatMap((procedure) =>
    procedure.triggers
      .filter((trigger) => folded.includes(spaced(foldAuthored(trigger))))
      .map((trigger) => ({ procedure, trigger, length: foldAuthored(trigger).length })),
  )
  const longest = Math.max(0, ...hits.map((hit) => hit.length))
  const best = new Map(hits.filter((hit) => hit.length === longest).map((hit) => [hit.procedure.id, hit]))
  return [...best.values()]
}

export const labelsOf = (
  procedures: readonly ReleasedProcedure[],
): { id: string; description: string; keywords: string[] }[] =>
  procedures.map(({ id, name, description, triggers }) => ({
    id,
    description: `${name}. ${description}`,
    keywords: triggers,
  }))

export const optionOf = (procedure: ReleasedProcedure): Option => ({ id: procedure.id, title: procedure.name })

/** The same, and where words are silent one constrained classification by the model: a procedure of the tenant or none. */
export async function chooseRoute(
  turn: Turn,
  scope: TurnScope,
  procedures: readonly ReleasedProcedure[],
): Promise<Route> {
  const message = { text: scope.input?.text ?? '', payload: scope.input?.payload }
  const offered = turn.conversation.data['offered']
  const byWords = route(message, procedures, Array.isArray(offered) ? (offered as unknown as Option[]) : [])
  if (byWords.kind !== 'none' || message.text === '' || procedures.length === 0 || !mayAsk(scope, 'route'))
    return byWords
  const asked = { text: message.text, labels: labelsOf(procedures), facts: {} }
  const args = { text: message.text, labels: procedures.map(({ id }) => id) }
  const ask = (signal: AbortSignal) =>
    scope.model
      .classify({ ...classifyQuestion(asked), ...asked, purpose: 'route', signal })
      .then(({ label, usage }) => ({ data: { label }, usage }))
  const request = {
    key: digest(['route', turn.id]),
    node: 'route',
    visit: 0,
    name: 'model:route',
    args,
    policy: 'read' as const,
  }
  const outcome = await turn.journal.effect(request, answering(scope, ask))
  const label = outcome.status === 'ok' ? outcome.data['label'] : undefined
  const procedure = procedures.find(({ id }) => id === label)
  return procedure ? { kind: 'procedure', procedure, by: 'model', hit: procedure.id } : byWords
}
