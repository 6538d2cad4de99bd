import { statSync } from 'node:fs'
import { Fault } from '@copse/contracts'
import type { Command } from '../command.ts'
import { deskHelp, deskOptions } from './desk.ts'
import { filesIn } from './files.ts'
import { generateAll } from './generate.ts'
import { simulateAll } from './simulate.ts'

export const test: Command = {
  name: 'test',
  usage: '[folder] [--complete] [--generate]',
  does: 'Plays every *.scenarios.yaml of a folder; `--complete` also fails where no scenario goes, `--generate` writes those that are missing.',
  more: [
    '--generate          writes <name>.generated.scenarios.yaml: the fewest that take every way that no other takes',
    deskHelp,
  ].join('\n'),
  words: { min: 0, max: 1 },
  options: { ...deskOptions, complete: { type: 'boolean' }, generate: { type: 'boolean' } },
  async run(call) {
    const folder = call.words[0] ?? '.'
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new Fault('config_invalid', { detail: `${folder}: There is no such folder.` })
    }
    if (call.options['generate'] === true) return generateAll(folder, call)
    const files = filesIn(folder, '.scenarios.yaml')
    if (files.length === 0) {
      throw new Fault('config_invalid', { detail: `${folder}: There is no *.scenarios.yaml in this folder.` })
    }
    return simulateAll(files, call, { each: false })
  },
}
