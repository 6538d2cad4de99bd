import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { keptIn } from '@copse/connectors'
import { Fault, type BackupReport, type Clock } from '@copse/contracts'
import { backupFolder, copyBeside } from '@copse/store'
import type { Command } from '../command.ts'

export const backup: Command = {
  name: 'backup',
  usage: '<name> | <file> --data folder',
  does: 'Copies a tenant’s data, checked.',
  more: 'A running one’s goes into its own backups/ under this name; with --data a stopped one’s folder to this file.',
  words: { min: 1, max: 1 },
  options: { data: { type: 'string' } },
  async run({ tenant, words, options, now }) {
    const [to] = words as [string]
    const report =
      typeof options['data'] === 'string'
        ? await copyFolder(options['data'], to, { now })
        : await (await tenant('operate')).post<BackupReport>('/internal/backup', { name: nameOf(to) })
    return { text: `${report.path}  ${report.bytes} bytes\nsha256 ${report.sha256}`, data: report }
  },
}

/** A running tenant chooses the folder: nobody writes elsewhere on its machine by asking it. */
function nameOf(to: string): string {
  if (!to.includes('/')) return to
  const detail = `${to} is a path. A running tenant copies into its own backups/: say a name. A stopped one needs --data.`
  throw new Fault('config_invalid', { detail })
}

/** With what connectors keep there and what the process ran on, beside the copy. */
async function copyFolder(folder: string, to: string, clock: Clock): Promise<BackupReport> {
  // Not made by itself: it may be the place of a disk that is not there.
  if (!existsSync(dirname(to))) throw new Fault('not_found', { detail: `There is no folder ${dirname(to)}.` })
  return backupFolder(folder, to, clock, () => copyBeside({ folder, kept: keptIn(folder), copy: to, clock }))
}
