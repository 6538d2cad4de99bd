import type { TreeSpec } from '@copse/engine'
import type { PartSource } from '@copse/procedures'
import { aimOf, exitsOf } from './edges.ts'
import { outlineOf, type Outline, type OutlinedStep, type Way } from './outline.ts'

/** With the steps of its subprocedures, under the ids that they have there, each with the file that it stands in. */
export function withParts(outline: Outline, parts: readonly PartSource[], tree: TreeSpec | undefined): Outline {
  if (parts.length === 0) return outline
  const exits = tree ? exitsOf(tree) : {}
  const aimed = (stage: string, exit: string): string => aimOf(exits[stage]?.[exit])
  const inner = parts.flatMap(({ prefix, file, text }) =>
    outlineOf(text).steps.map((step): OutlinedStep => {
      const id = `${prefix}${step.id}`
      const ways =
        step.action === 'end'
          ? [wayTo(aimed(id, 'success'), step)]
          : step.ways.map((way) => ({ ...way, file, to: targetIn(prefix, way.to) }))
      return { ...step, id, file, ways }
    }),
  )
  const steps = [...outline.steps, ...inner].flatMap((step): OutlinedStep[] => {
    if (step.action !== 'subprocedure') return [step]
    const begin = aimed(step.id, 'success')
    // Into it, and out of it where it ends; what fails is an end of its own.
    const onward = step.ways.filter(({ path }) => path[0] === 'next_step')
    return [
      { ...step, ways: [wayTo(begin, step)] },
      { ...step, id: `${step.id}.end`, ways: onward },
    ]
  })
  return { ...outline, steps }
}

const wayTo = (to: string, { line, column, file }: OutlinedStep): Way => ({
  path: ['next_step'],
  to,
  line,
  column,
  ...(file === undefined ? {} : { file }),
})

/** Its end is where the step that uses it goes on. */
const targetIn = (prefix: string, to: string): string =>
  to === 'end' ? `${prefix}end` : to === 'handoff' ? to : `${prefix}${to}`
