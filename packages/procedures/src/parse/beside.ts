import { parseDocument } from './document.ts'
import { valueAt, type Value } from './value.ts'

/** A file as it is: its name, for messages, and its text. */
export interface Source {
  file: string
  text: string
}

/** What a procedure can name: others of its folder by their id, and files by their name. */
export interface Beside {
  procedure(id: string): Source | undefined
  procedures(): string[]
  file(name: string): Source | undefined
  files(): string[]
  /** What was named until now, and is there. */
  named(): Source[]
}

export const nothingBeside: Beside = {
  procedure: () => undefined,
  procedures: () => [],
  file: () => undefined,
  files: () => [],
  named: () => [],
}

/** Asked for only when a procedure names something: most name nothing. */
export function besideOf(read: () => readonly Source[]): Beside {
  let found: { byId: Map<string, Source>; byName: Map<string, Source> } | undefined
  const all = () => (found ??= sorted(read()))
  const named = new Set<Source>()
  const note = (source: Source | undefined): Source | undefined => {
    if (source) named.add(source)
    return source
  }
  return {
    procedure: (id) => note(all().byId.get(id)),
    procedures: () => [...all().byId.keys()],
    file: (name) => note(all().byName.get(name)),
    files: () => [...all().byName.keys()],
    named: () => [...named],
  }
}

/** Read when a step asks for them, and as what they are. */
const tables = /\.(?:table\.ya?ml|dmn)$/

function sorted(sources: readonly Source[]) {
  const byId = new Map<string, Source>()
  const byName = new Map<string, Source>()
  for (const source of sources) {
    const id = tables.test(source.file) ? undefined : idOf(parseDocument(source.text).root)
    if (id !== undefined) byId.set(id, source)
    else byName.set(source.file.split(/[\\/]/).at(-1)!, source)
  }
  return { byId, byName }
}

function idOf(root: Value | undefined): string | undefined {
  const id = root && valueAt(root, ['procedure', 'id'])
  return id?.kind === 'scalar' && typeof id.value === 'string' ? id.value : undefined
}
