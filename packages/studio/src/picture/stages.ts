import type { TreeSpec } from '@copse/engine'
import { edgesOf, initialOf, isBuiltIn, type Edge } from '../read/edges.ts'
import type { Outline } from '../read/outline.ts'

/** A procedure as its author thinks of it: steps, and the ways between them. What Copse adds is left out. */
export interface Picture {
  id: string
  version: string
  initial: string
  boxes: Box[]
  arrows: Edge[]
}

export interface Box {
  id: string
  /** The step's action; of an ending that is nobody's step, how it ends. */
  kind: string
  name: string
  line: number | undefined
  /** Where it does not stand in the procedure itself. */
  file?: string | undefined
}

const endings: Record<string, string> = {
  end: 'the end',
  $handoff: 'a person',
  $silent: 'a person, after silence',
  $silent_end: 'the end, after silence',
  $back: 'back to where it came from',
}

/** `all`: also the ways that every step has without its author ("I want a person", an outside that does not answer). */
export function pictureOf(tree: TreeSpec, outline: Outline, all = false): Picture {
  const steps = new Set(outline.steps.map(({ id }) => id))
  const arrows = edgesOf(tree, outline).filter(
    ({ from, way, exits }) => all || way !== undefined || (!isBuiltIn(from) && exits.includes('silence')),
  )
  const boxes: Box[] = outline.steps.map(({ id, action, name, line, file }) => ({
    id,
    kind: action,
    name: name ?? '',
    line,
    file,
  }))
  for (const id of new Set(arrows.flatMap(({ from, to }) => [from, to]))) {
    if (!steps.has(id)) boxes.push({ id, kind: 'ending', name: endings[id] ?? id.replace('$', ''), line: undefined })
  }
  return { id: tree.id, version: tree.version ?? outline.version, initial: initialOf(tree), boxes, arrows }
}

/** How a place is called in a picture: people need not know our names for the endings. */
export const titleOf = ({ id, kind, name }: Box): string => (kind === 'ending' ? name : id)
