import { manifests } from '@copse/channels/manifests'
import { catalogueOf } from '@copse/connectors/manifests'
import { Fault, type ChannelLimits, type Recording } from '@copse/contracts'
import {
  besideOf,
  compileDraft,
  replayContact,
  replayDraft,
  type DraftedSession,
  type Outside,
  type ReplayedSession,
} from '@copse/studio'
import type { Call, Command, Shown } from '../command.ts'
import { countOf, many, toldOf } from './colleague.ts'
import { folderOf, neighboursIn, readSource } from './files.ts'
import { openRecorded, type Recorded } from './recorded.ts'
import { draftedText, replayedText } from './replayed.ts'

export const replay: Command = {
  name: 'replay',
  usage: '<session>|--all|--last n [--data folder] [--draft file]',
  does: 'Runs recorded sessions again, on their own version (identical) or with a draft (what changes); nothing is performed.',
  more: [
    '--all, --last 100   every session, or the newest; over HTTP at most 500',
    '--data folder       reads the data folder of a tenant, also while it runs, instead of asking the tenant',
    '--draft file        what would have come of them with this procedure instead of the one of its id',
  ].join('\n'),
  words: { min: 0, max: 1 },
  options: {
    all: { type: 'boolean' },
    last: { type: 'string' },
    data: { type: 'string' },
    draft: { type: 'string' },
  },
  async run(call) {
    const limit = limitOf(call)
    const recorded = await openRecorded(call)
    try {
      const ids = limit === undefined ? [call.words[0]!] : await recorded.sessions(limit)
      const { draft } = call.options
      return typeof draft === 'string' ? await withDraft(recorded, ids, draft) : await onTheirOwn(recorded, ids)
    } finally {
      recorded.close()
    }
  },
}

/** How many sessions; undefined: the one that is named. */
function limitOf({ words, options: { all, last } }: Call): number | undefined {
  const ways = [words.length > 0, all === true, last !== undefined].filter(Boolean).length
  if (ways !== 1) throw new Fault('config_invalid', { detail: 'Say which: a session, --all, or --last and how many.' })
  if (words.length > 0) return undefined
  const limit = all === true ? Number.MAX_SAFE_INTEGER : Number(last)
  if (Number.isSafeInteger(limit) && limit > 0) return limit
  throw new Fault('config_invalid', { detail: `--last ${String(last)}: give a number of sessions from 1.` })
}

async function onTheirOwn(recorded: Recorded, ids: readonly string[]): Promise<Shown> {
  const sessions = await ofContacts<ReplayedSession>(recorded, ids, (recording) =>
    replayContact({ recording, releases: recorded.releases, outside }),
  )
  const differs = sessions.filter(({ status }) => status === 'differs')
  return {
    text: replayedText(sessions),
    data: { ok: differs.length === 0, sessions },
    exitCode: differs.length === 0 ? 0 : 1,
  }
}

async function withDraft(recorded: Recorded, ids: readonly string[], file: string): Promise<Shown> {
  const source = readSource(file)
  const { release } = recorded.releases.at(-1)!
  // What stands beside the file goes before what the tenant has of that name.
  const beside = besideOf(() => [
    ...release.procedures.map(({ id, source: text }) => ({ file: id, text })),
    ...(release.beside ?? []),
    ...neighboursIn(folderOf(file)),
  ])
  const { draft, diagnostics } = compileDraft(source, outside.operationsOf(release), beside)
  if (!draft) {
    const text = `${toldOf(diagnostics, new Map([[file, source.text]]))}\n\n${countOf(diagnostics)}: nothing was run.`
    return { text, data: { ok: false, diagnostics }, exitCode: 1 }
  }
  const sessions = await ofContacts<DraftedSession>(recorded, ids, (recording) =>
    replayDraft({ recording, releases: recorded.releases, outside }, draft),
  )
  if (sessions.length === 0) {
    throw new Fault('not_found', {
      detail: `${many(ids.length, 'session')} looked at, none of the procedure ${draft.id}.`,
    })
  }
  return {
    text: draftedText(sessions, draft),
    data: { ok: true, draft: { id: draft.id, version: draft.version }, sessions },
  }
}

/** All sessions of a contact are run at once, since one stands on the one before. */
async function ofContacts<Run extends { sessionId: string }>(
  recorded: Recorded,
  ids: readonly string[],
  run: (recording: Recording) => Promise<Run[]>,
): Promise<Run[]> {
  const runs = new Map<string, Run>()
  const seen = new Set<string>()
  for (const id of ids) {
    if (seen.has(id)) continue
    const recording = await recorded.recording(id)
    if (!recording) {
      const detail = `There is no session "${id}" here. \`copse sessions\` lists them.`
      throw new Fault('not_found', { detail })
    }
    for (const session of recording.sessions) seen.add(session.id)
    for (const one of await run(recording)) runs.set(one.sessionId, one)
  }
  return ids.flatMap((id) => runs.get(id) ?? [])
}

const outside: Outside = {
  operationsOf: ({ connectors }) => [...catalogueOf(connectors).values()].map(({ operation }) => operation),
  limitsOf({ channels }, channel) {
    const limits: Record<string, ChannelLimits> = manifests
    const type = channels.find(({ name }) => name === channel)?.type ?? channel
    return limits[type] ?? manifests.api
  },
}
