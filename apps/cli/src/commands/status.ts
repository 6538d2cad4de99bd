import type { StoreCounts } from '@copse/contracts'
import type { Command } from '../command.ts'
import { bad, bold, dim, good } from '../show/table.ts'
import { moment, span } from '../show/moments.ts'

/** GET /internal/status. */
export interface Status {
  tenant: string
  instance: string
  release: { number: number; digest: string }
  startedAt: number
  now: number
  counts: StoreCounts
  /** Channel → closed, open or half-open. */
  breakers: Record<string, string>
}

/** What a person has to look at, and what to type to do so. */
const worries: readonly { of: keyof StoreCounts; what: string; look: string }[] = [
  { of: 'uncertainEffects', what: 'effects nobody knows the outcome of', look: 'copse effects --uncertain' },
  { of: 'deadMessages', what: 'messages that could not be handled', look: 'copse dead-letters' },
  { of: 'deadSends', what: 'replies that could not be sent', look: 'copse dead-letters' },
]

export const status: Command = {
  name: 'status',
  usage: '',
  does: 'How a tenant is, and what needs a person.',
  words: { min: 0, max: 0 },
  async run({ tenant }) {
    const found = await (await tenant('read')).get<Status>('/internal/status')
    const { counts } = found
    const open = worries.filter(({ of }) => counts[of] > 0)
    const down = Object.entries(found.breakers).filter(([, state]) => state !== 'closed')
    const rows = [
      ['sessions that wait', counts.waitingSessions],
      ['messages to handle', counts.pendingMessages],
      ['replies to send', counts.unsentMessages],
    ] as const
    const text = [
      `${bold(found.tenant)}  release ${found.release.number}  up ${span(found.now - found.startedAt)} ${dim(`since ${moment(found.startedAt)}, instance ${found.instance}`)}`,
      ...rows.map(([what, count]) => `  ${String(count).padStart(6)}  ${what}`),
      ...down.map(([channel, state]) => bad(`  ${channel} is ${state}: nothing is sent there for now`)),
      ...(open.length === 0 && down.length === 0
        ? [good('  nothing needs a person')]
        : open.map(({ of, what, look }) => `${bad(`  ${String(counts[of]).padStart(6)}  ${what}`)}  ${dim(look)}`)),
    ]
    return { text: text.join('\n'), data: found, exitCode: open.length + down.length > 0 ? 1 : 0 }
  },
}
