import type { VerifyReport } from '@copse/contracts'
import { verifyFolder } from '@copse/store'
import type { Command } from '../command.ts'

export const verify: Command = {
  name: 'verify',
  usage: '[--data folder]',
  does: 'Reads all of a tenant’s data and says what does not hold.',
  words: { min: 0, max: 0 },
  options: { data: { type: 'string' } },
  async run({ tenant, options }) {
    const report =
      typeof options['data'] === 'string'
        ? await verifyFolder(options['data'])
        : await (await tenant('operate')).post<VerifyReport>('/internal/verify')
    return {
      text: report.ok ? 'Everything holds.' : report.problems.join('\n'),
      data: report,
      exitCode: report.ok ? 0 : 1,
    }
  },
}
