import { describeTree, mermaidOf, pictureOf, svgOf, textOf } from '@copse/studio'
import { Fault } from '@copse/contracts'
import { compileText } from '@copse/studio'
import type { Command } from '../command.ts'
import { countOf, toldOf } from './colleague.ts'
import { withHint } from './desk.ts'
import { readCatalogue, readSource } from './files.ts'

const shapes = ['mermaid', 'svg', 'nodes'] as const

export const tree: Command = {
  name: 'tree',
  usage: '<file> [--mermaid | --svg | --nodes] [--all] [--operations file]',
  does: 'Draws the steps of a procedure and the ways between them; `--nodes` lists the tree that runs.',
  words: { min: 1, max: 1 },
  options: {
    mermaid: { type: 'boolean' },
    svg: { type: 'boolean' },
    nodes: { type: 'boolean' },
    all: { type: 'boolean' },
    operations: { type: 'string' },
  },
  async run({ words, options }) {
    const source = readSource(words[0]!)
    const catalogue = readCatalogue(source.file, options['operations'] as string | undefined)
    const { procedure, outline, diagnostics } = compileText(source, catalogue.operations, catalogue.beside)
    if (!procedure) {
      const told = withHint(diagnostics, catalogue.file, source.file)
      const text = `${toldOf(told, new Map([[source.file, source.text]]))}\n\n${countOf(told)}`
      return { text, data: { ok: false, diagnostics: told }, exitCode: 1 }
    }
    const wanted = shapes.filter((shape) => options[shape] === true)
    if (wanted.length > 1) throw new Fault('config_invalid', { detail: `Choose one of --${wanted.join(' and --')}.` })
    const picture = pictureOf(procedure.tree, outline, options['all'] === true)
    const draw = { mermaid: mermaidOf, svg: svgOf, nodes: () => describeTree(procedure.tree) }
    const [shape] = wanted
    return { text: shape === undefined ? textOf(picture) : draw[shape](picture), data: picture }
  },
}
