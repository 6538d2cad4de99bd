import { readPath, type Json, type JsonObject, type LeafConfig, type OperationManifest } from '@copse/contracts'
import { Success, type EngineEvent, type Status } from '@copse/engine'
import { phrase } from '../phrases.ts'
import { fill, show } from '../say/template.ts'
import { resolveOption } from '../understand/options.ts'
import { noWordIn, yesOrNo } from '../understand/words.ts'
import { report, writeDeclared } from './outcome.ts'
import { globalAtLast, globalByWords } from './globals.ts'
import { heardReply } from './reply.ts'
import { waitForReply } from './silence.ts'
import { speak, type DialogueCtx } from './step.ts'

/** Several matches of a search, kept while the customer chooses. */
export interface Matches {
  attempts: number
  options: { id: string; title: string; match: JsonObject }[]
}

const maxAttempts = 3

/** Two or more matches are options; one or none is a plain result. */
export function matchesOf(operation: OperationManifest, data: JsonObject): Matches | undefined {
  const { options } = operation
  const list = options && readPath(data, options.list)
  if (!options || !Array.isArray(list) || list.length < 2) return undefined
  const matches = list.filter(
    (item): item is JsonObject => item !== null && typeof item === 'object' && !Array.isArray(item),
  )
  return {
    attempts: 0,
    options: matches.map((match) => ({
      id: show(readPath(match, options.id)),
      title: fill(options.title, (path) => readPath(match, path)),
      match,
    })),
  }
}

export function offerMatches(ctx: DialogueCtx, config: LeafConfig<'call'>, matches: Matches): Status {
  ctx.memory = { ...matches, attempts: matches.attempts + 1 } as unknown as Json
  const options = shown(matches)
  const again = matches.attempts > 0 ? { text: phrase('several_again', ctx.services.language) } : {}
  speak(
    ctx,
    { step: config.step, title: config.title },
    { action: 'several', options: options.map((option) => option.title), ...again },
  )
  return waitForReply(ctx, config, options)
}

const shown = (matches: Matches) => matches.options.map(({ id, title }) => ({ id, title }))

/** The reply picks one match: as if the search had found just that one. `none` of them is a no to what it searched by. */
export async function takeChoice(
  ctx: DialogueCtx,
  config: LeafConfig<'call'>,
  operation: OperationManifest,
  matches: Matches,
  event: EngineEvent,
  none: (code: string) => Status,
): Promise<Status> {
  const heard = await heardReply(ctx, config, event, shown(matches))
  if (typeof heard !== 'object') return heard
  const { reply, stay } = heard
  const choices = matches.options.map((option) => ({ ...option, keywords: [option.id, ...words(option.title)] }))
  const resolved = resolveOption(choices, reply)
  const own = resolved && 'hit' in resolved ? resolved : noWordIn(reply.text)
  const aside = globalByWords(ctx, reply, stay, own)
  if (aside !== undefined) return aside
  const chosen =
    resolved && 'choice' in resolved ? matches.options.find((option) => option.id === resolved.choice) : undefined
  if (!chosen) {
    const refused = resolved === undefined && yesOrNo(reply.text) === 'no'
    const beside = refused ? undefined : await globalAtLast(ctx, reply, stay)
    if (beside !== undefined) return beside
    if (!refused && matches.attempts < maxAttempts) return offerMatches(ctx, config, matches)
    return none(refused ? 'declined' : 'unclear')
  }
  ctx.decide('match', chosen.title, { id: chosen.id, reply: reply.text || reply.payload || '' })
  const data: JsonObject = operation.options ? { found: true, [operation.options.list]: [chosen.match] } : chosen.match
  if (config.resultKey !== undefined) ctx.set(config.resultKey, data, 'tool')
  writeDeclared(ctx, operation, data)
  ctx.services.chosen = true
  report(ctx, config, operation, {}, { status: 'ok', data })
  return Success
}

/**
 * Words of what the customer was shown, so that "the headphones" chooses. What stays unseen must not: "no credit" is no
 * order that was paid by credit card.
 */
const words = (title: string): string[] => title.split(/[\s,;]+/).filter((word) => word.length > 3)
