import { existsSync, globSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { connectorTypes } from '@copse/connectors/manifests'
import { Fault, operationManifest, type OperationManifest } from '@copse/contracts'
import { besideOf, readAnswers, readYaml, type Answers, type Beside, type Source } from '@copse/studio'
import { z } from 'zod'

/** More than this is no file that an author wrote; what reads it says what is wrong. */
const largestBytes = 5_000_000

export const readSource = (file: string): Source => ({ file, text: readBytes(file).toString('utf8') })

export function readBytes(file: string): Buffer {
  try {
    const found = statSync(file)
    if (found.size > largestBytes) {
      throw new Fault('config_invalid', { detail: `${file}: The file is larger than 5 MB. Split it.` })
    }
    // A device has no size, and need not end.
    if (found.isCharacterDevice() || found.isBlockDevice()) {
      throw new Fault('config_invalid', { detail: `${file}: This is a device. Name a file.` })
    }
    return readFileSync(file)
  } catch (error) {
    if (error instanceof Fault) throw error
    const { code } = error as NodeJS.ErrnoException
    const why =
      code === 'ENOENT'
        ? 'There is no such file'
        : code === 'EISDIR'
          ? 'This is a folder'
          : `It cannot be read (${code})`
    throw new Fault('config_invalid', { detail: `${file}: ${why}.`, cause: error })
  }
}

/** Files of a folder by ending, `.yml` being `.yaml`, in order of their names. */
export const filesIn = (folder: string, ending: string): string[] =>
  globSync([`*${ending}`, `*${ending.replace(/\.yaml$/, '.yml')}`], { cwd: folder })
    .toSorted()
    .map((name) => join(folder, name))

export interface Catalogue {
  /** Undefined when none was found: then every operation is unknown. */
  file: string | undefined
  operations: OperationManifest[]
  /** The folder that the list really stands in. */
  home: string | undefined
  /** What the procedure can name: others of its folder, and tables. */
  beside: Beside
}

/**
 * What operations there are: the file that was named, else `operations.yaml` or `*.operations.yaml` beside the procedure.
 * Without any, there are none.
 */
export function readCatalogue(beside: string, named: string | undefined): Catalogue {
  const folder = folderOf(beside)
  const files =
    named === undefined ? [join(folder, 'operations.yaml'), ...filesIn(folder, '.operations.yaml')] : [named]
  const found = files.filter((file) => named !== undefined || existsSync(file))
  const lists = found.map(meant)
  const own = lists.flatMap((file) => readYaml(readSource(file).text, file, z.array(operationManifest)).value)
  const names = new Set(own.map(({ name }) => name))
  const builtIn = builtInOperations().filter(({ name }) => !names.has(name))
  return {
    file: found[0],
    home: lists[0] && dirname(lists[0]),
    operations: [...own, ...builtIn],
    beside: besideOf(() => neighboursIn(folder)),
  }
}

/** Where a link leads. A file that only names another is one: that is what it becomes where there are no links. */
function meant(file: string): string {
  const { text } = readSource(file)
  return /^\S+\.ya?ml\s*$/.test(text) ? join(dirname(file), text.trim()) : realpathSync(file)
}

/** What a procedure in this folder can name. */
export const neighboursIn = (folder: string): Source[] =>
  ['.procedure.yaml', '.table.yaml', '.dmn'].flatMap((ending) => filesIn(folder, ending)).map(readSource)

/** What connectors bring by themselves needs no list of an author. */
const builtInOperations = (): OperationManifest[] => [
  ...new Map(connectorTypes.flatMap(({ operations }) => operations).map((one) => [one.name, one])).values(),
]

/** Answers for every scenario: all `*.answers.yaml` beside the procedure and beside its operations. */
export function readAllAnswers(beside: string, catalogue: Catalogue): Answers {
  const folders = new Set([folderOf(beside), ...(catalogue.file === undefined ? [] : [dirname(catalogue.file)])])
  const files = [...folders].flatMap((folder) => filesIn(folder, '.answers.yaml'))
  return new Map(files.flatMap((file) => [...readAnswers(readSource(file).text, file, catalogue.operations)]))
}

export const folderOf = (path: string): string =>
  existsSync(path) && statSync(path).isDirectory() ? path : dirname(path)

/** The procedures and flows of a folder: there is one at least. */
export function proceduresIn(folder: string): string[] {
  const found = [...filesIn(folder, '.procedure.yaml'), ...filesIn(folder, '.flow.yaml')]
  if (found.length > 0) return found
  throw new Fault('config_invalid', {
    detail: `${folder}: There is no *.procedure.yaml or *.flow.yaml in this folder.`,
  })
}

const endings = /(\.generated\.scenarios|\.procedure|\.flow|\.scenarios)\.ya?ml$/

/** A file without what its name says of its kind. */
export const stemOf = (file: string): string => file.replace(endings, '')

/** The procedures that a file of scenarios is about: the one of its name, else every one beside it. */
export function proceduresFor(scenarios: string): string[] {
  const all = proceduresIn(dirname(scenarios))
  const own = all.filter((file) => stemOf(basename(file)) === stemOf(basename(scenarios)))
  return own.length > 0 ? own : all
}
