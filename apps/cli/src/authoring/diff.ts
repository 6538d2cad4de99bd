import { compareVersions, compileText, type Change } from '@copse/studio'
import type { Command } from '../command.ts'
import { bold, dim } from '../show/table.ts'
import { readCatalogue, readSource } from './files.ts'

const titles: Record<Change['weight'], string> = {
  effects: 'What it does outside',
  decisions: 'Where it goes',
  steps: 'Steps',
  asking: 'What it asks and waits for',
  words: 'What the customer reads',
  notes: 'Notes',
}

export const diff: Command = {
  name: 'diff',
  usage: '<before> <after> [--operations file]',
  does: 'Says in sentences what changed between two versions of a procedure, what matters most first.',
  words: { min: 2, max: 2 },
  options: { operations: { type: 'string' } },
  async run({ words, options }) {
    const named = options['operations'] as string | undefined
    const [before, after] = words.map((file) => {
      const source = readSource(file)
      const { operations, beside } = readCatalogue(file, named)
      const { procedure, outline, diagnostics } = compileText(source, operations, beside)
      return { file, diagnostics, version: { outline, ...(procedure ? { tree: procedure.tree } : {}) } }
    })
    const found = compareVersions(before!.version, after!.version)
    const broken = [before!, after!].filter(({ version }) => !('tree' in version)).map(({ file }) => file)
    const notes = broken.map((file) => dim(`${file} does not compile: \`copse compile\` says why.`))
    const text =
      found.changes.length === 0 ? ['Nothing changed.'] : [...grouped(found.changes), found.sessions.join('\n')]
    return { text: [...text, ...notes].join('\n\n'), data: { ...found, broken } }
  },
}

function grouped(changes: readonly Change[]): string[] {
  return [...new Set(changes.map(({ weight }) => weight))].map((weight) =>
    [
      bold(titles[weight]),
      ...changes
        .filter((one) => one.weight === weight)
        .map(({ text, line }) => `  ${cut(text)} ${dim(`(line ${line})`)}`),
    ].join('\n'),
  )
}

/** Names and texts of the author stand in a sentence, and they can be a whole file. */
const cut = (text: string): string => (text.length > longestSentence ? `${text.slice(0, longestSentence - 1)}…` : text)
const longestSentence = 600
