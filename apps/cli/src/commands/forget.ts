import type { ForgetReport } from '@copse/contracts'
import { keptIn } from '@copse/connectors'
import { openStore } from '@copse/store'
import type { Command } from '../command.ts'

export const forget: Command = {
  name: 'forget',
  usage: '<contact> [--data folder]',
  does: 'Deletes all that a person said or that says who they are. Backups made before still hold it.',
  words: { min: 1, max: 1 },
  options: { data: { type: 'string' } },
  async run({ tenant, words, options, now }) {
    const [contactId] = words as [string]
    const folder = options['data']
    const report =
      typeof folder === 'string'
        ? await forgetIn(folder, contactId, now)
        : await (await tenant('operate')).post<ForgetReport>('/internal/forget', { contactId })
    const rows = Object.values(report.cleared).reduce((sum, count) => sum + count, 0)
    return { text: `${contactId} is forgotten: ${rows} rows cleared.`, data: report }
  },
}

async function forgetIn(folder: string, contactId: string, now: () => number): Promise<ForgetReport> {
  const store = await openStore({ folder, clock: { now } })
  try {
    const cleared = keptIn(folder).map((kept) => kept.forget(contactId))
    const report = await store.forget(contactId)
    return { ...report, cleared: Object.assign({}, ...cleared, report.cleared) as Record<string, number> }
  } finally {
    await store.close()
  }
}
