import type { BackupReport } from '@copse/contracts'
import { backupFolder } from '@copse/store'
import type { Command } from '../command.ts'

export const backup: Command = {
  name: 'backup',
  usage: '<to> [--data folder]',
  does: 'Copies a tenant’s data: a running one’s into its own backups/ under this name, or a stopped one’s folder to this file.',
  words: { min: 1, max: 1 },
  options: { data: { type: 'string' } },
  async run({ tenant, words, options, now }) {
    const [to] = words as [string]
    const report =
      typeof options['data'] === 'string'
        ? await backupFolder(options['data'], to, { now })
        : await (await tenant('operate')).post<BackupReport>('/internal/backup', { name: to })
    return { text: `${report.path}  ${report.bytes} bytes\nsha256 ${report.sha256}`, data: report }
  },
}
