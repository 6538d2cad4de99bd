import { Fault, type EffectView, type SessionView } from '@copse/contracts'
import type { Command } from '../command.ts'
import { isWholeKey } from '../show/short-key.ts'
import type { Tenant } from '../tenant.ts'

const verdicts = ['confirmed', 'failed', 'retry']
const then: Readonly<Record<string, string>> = {
  confirmed: 'It counts as done; a later try gets its result.',
  failed: 'It counts as not done.',
  retry: 'It is tried again, under the same key, when the conversation comes to it again.',
}
const overThen = 'It may be tried again, but the session is over: the customer has to ask again.'

export const resolve: Command = {
  name: 'resolve',
  usage: '<effect> confirmed|failed|retry [--result json] [--why text]',
  does: 'Says what became of an effect that nobody knew the outcome of.',
  words: { min: 2, max: 2 },
  options: { why: { type: 'string' }, result: { type: 'string' } },
  async run({ tenant, words, options }) {
    const [key, verdict] = words as [string, string]
    if (!verdicts.includes(verdict)) {
      throw new Fault('config_invalid', { detail: `"${verdict}" is none of ${verdicts.join(', ')}.` })
    }
    const body = {
      verdict,
      ...(options['why'] === undefined ? {} : { why: options['why'] }),
      ...(typeof options['result'] === 'string' ? { result: parseJson(options['result']) } : {}),
    }
    const asked = await tenant('operate')
    const effect = await effectOf(asked, key)
    const data = await asked.post<object>(`/api/effects/${encodeURIComponent(effect.key)}/resolve`, body)
    const isOver = verdict === 'retry' && (await isSessionOver(asked, effect))
    return { text: `${verdict}. ${isOver ? overThen : then[verdict]}`, data }
  },
}

/** The one that is uncertain and begins so. Of a whole key it is the tenant's to say what is wrong with it. */
async function effectOf(asked: Tenant, start: string): Promise<{ key: string; sessionId?: string | null }> {
  const { effects } = await asked.get<{ effects: EffectView[] }>('/api/effects?state=uncertain&limit=500')
  const found = effects.filter(({ key }) => key.startsWith(start))
  const [only] = found
  if (only && found.length === 1) return only
  if (isWholeKey(start)) return { key: start }
  const detail = only ? 'More than one uncertain effect begins so.' : 'No uncertain effect begins so.'
  throw new Fault('not_found', { detail: `${start}: ${detail} \`copse effects --uncertain\` lists them.` })
}

async function isSessionOver(asked: Tenant, { sessionId }: { sessionId?: string | null }): Promise<boolean> {
  if (typeof sessionId !== 'string') return true
  const path = `/api/bt/trace/${encodeURIComponent(sessionId)}`
  return (await asked.get<{ session: SessionView }>(path)).session.status !== 'waiting'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Fault('config_invalid', { detail: `--result is not JSON: ${text}`, cause })
  }
}
