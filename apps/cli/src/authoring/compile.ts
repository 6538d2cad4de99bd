import { canonicalJson } from '@copse/contracts'
import { compileText } from '@copse/studio'
import type { Command } from '../command.ts'
import { countOf, toldOf } from './colleague.ts'
import { withHint } from './desk.ts'
import { readCatalogue, readSource } from './files.ts'

export const compile: Command = {
  name: 'compile',
  usage: '<file> [--operations file]',
  does: 'Says everything that is wrong with a procedure, with a fix; `--json` prints the tree that it becomes.',
  words: { min: 1, max: 1 },
  options: { operations: { type: 'string' } },
  async run({ words, options }) {
    const source = readSource(words[0]!)
    const catalogue = readCatalogue(source.file, options['operations'] as string | undefined)
    const compiled = compileText(source, catalogue.operations, catalogue.beside)
    const diagnostics = withHint(compiled.diagnostics, catalogue.file, source.file)
    const told = toldOf(diagnostics, new Map([[source.file, source.text]]))
    if (!compiled.procedure) {
      return { text: `${told}\n\n${countOf(diagnostics)}`, data: { ok: false, diagnostics }, exitCode: 1 }
    }
    const { id, version, tree, treeHash } = compiled.procedure
    const { steps } = compiled.outline
    const summary = `${source.file} compiles: ${id} ${version}, ${steps.length} steps, tree ${treeHash.slice(0, 12)}.`
    return { text: diagnostics.length === 0 ? summary : `${told}\n\n${summary}`, data: JSON.parse(canonicalJson(tree)) }
  },
}
