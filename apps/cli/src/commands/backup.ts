import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { keptIn } from '@copse/connectors'
import type { BackupReport, Clock } from '@copse/contracts'
import { backupFolder, copyReleases, writeBackup } from '@copse/store'
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
        ? await copyFolder(options['data'], to, { now })
        : await (await tenant('operate')).post<BackupReport>('/internal/backup', { name: to })
    return { text: `${report.path}  ${report.bytes} bytes\nsha256 ${report.sha256}`, data: report }
  },
}

/** With what connectors keep there and what the process ran on, beside the copy. */
async function copyFolder(folder: string, to: string, clock: Clock): Promise<BackupReport> {
  const report = await backupFolder(folder, to, clock)
  for (const kept of keptIn(folder)) {
    const copy = kept.besideCopy(to)
    await mkdir(dirname(copy), { recursive: true, mode: 0o700 })
    await writeBackup(kept.file, copy, clock)
  }
  await copyReleases(folder, to)
  return report
}
