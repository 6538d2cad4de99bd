import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { keptBeside, restoreKept } from '@copse/connectors'
import { Fault } from '@copse/contracts'
import { bundleFile, refuseAnothers, restore as restoreFolder, restoreReleases, verifyKept } from '@copse/store'
import type { Command } from '../command.ts'

const startable =
  'What it ran on came with it: with the bootstrap.json of this tenant it starts also while the control plane is down.'

const forgetAgain = 'Nobody knows here who was forgotten after the copy was taken: forget them again.'

export const restore: Command = {
  name: 'restore',
  usage: '<from> --data folder [--replace] [--nothing-lost]',
  does: 'Puts a backup in the place of a stopped tenant’s data.',
  more: 'What may have been done after the backup is set aside for a person, unless --nothing-lost says that nothing was. --replace: what is there is kept beside.',
  words: { min: 1, max: 1 },
  options: { data: { type: 'string' }, replace: { type: 'boolean' }, 'nothing-lost': { type: 'boolean' } },
  async run({ words, options, now }) {
    const [from] = words as [string]
    const folder = options['data']
    if (typeof folder !== 'string') throw new Fault('config_invalid', { detail: 'Say where to: --data <folder>.' })
    if (!existsSync(from)) throw new Fault('not_found', { detail: `There is no ${from}.` })
    const { copyOf, folderOf } = await refuseAnothers(from, folder)
    const beside = await verifyKept(keptBeside(from), { ok: true, problems: [] })
    if (!beside.ok) throw new Fault('data_damaged', { detail: beside.problems.join(' ') })
    const replace = options['replace'] === true
    const nothingLost = options['nothing-lost'] === true
    let kept: string[] = []
    let releases: string[] = []
    const report = await restoreFolder({
      from,
      folder,
      replace,
      nothingLost,
      clock: { now },
      async beside(aside, forgotten) {
        kept = await restoreKept(from, folder, aside, forgotten)
        releases = await restoreReleases(from, folder)
      },
    }).catch(sayReplace)
    const canStart = releases.some((file) => basename(file) === bundleFile)
    const { messages, sends, timers, effects, notices, resting } = report.setAside
    const text = [
      `${folder} is restored, for the ${report.generation}. time.`,
      copyOf === undefined
        ? `Nothing beside the copy says whose it is: see that it is ${folderOf === undefined ? 'the right tenant' : folderOf}’s before you start it.`
        : `It is a copy of ${copyOf}.`,
      ...(report.replaced === undefined ? [] : [`What was there is in ${report.replaced}.`]),
      ...kept.map((file) => `${file} is restored with it.`),
      ...(canStart ? [startable] : []),
      ...(report.forgotten === undefined ? [forgetAgain] : []),
      `Set aside: ${messages} messages, ${sends} replies, ${timers} timers, ${effects} effects, ${notices} notices.`,
      ...(resting.length === 0
        ? []
        : [
            `${resting.length} sessions waited for such a timer and rest until their customer writes: ${resting.join(', ')}.`,
          ]),
    ]
    return { text: text.join('\n'), data: report }
  },
}

function sayReplace(error: unknown): never {
  if (!(error instanceof Fault) || error.code !== 'data_present') throw error
  const detail = `${error.detail} is not empty. Say --replace, and what is there is kept beside, or choose another folder.`
  throw new Fault('config_invalid', { detail, cause: error })
}
