import { keptBeside, keptIn } from '@copse/connectors'
import type { VerifyReport } from '@copse/contracts'
import { verifyCopy, verifyFolder, verifyKept } from '@copse/store'
import type { Command } from '../command.ts'

export const verify: Command = {
  name: 'verify',
  usage: '[copy] [--data folder]',
  does: 'Reads all of a tenant’s data, or all of a copy, and says what does not hold.',
  words: { min: 0, max: 1 },
  options: { data: { type: 'string' } },
  async run({ tenant, words: [copy], options }) {
    const report =
      copy !== undefined
        ? await verifyKept(keptBeside(copy), await verifyCopy(copy))
        : typeof options['data'] === 'string'
          ? await inFolder(options['data'])
          : await (await tenant('operate')).post<VerifyReport>('/internal/verify')
    return {
      text: report.ok ? 'Everything holds.' : report.problems.join('\n'),
      data: report,
      exitCode: report.ok ? 0 : 1,
    }
  },
}

const inFolder = async (folder: string): Promise<VerifyReport> =>
  verifyKept(
    keptIn(folder).map(({ file }) => file),
    await verifyFolder(folder),
  )
