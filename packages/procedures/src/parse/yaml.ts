import { Composer, CST, Lexer, Parser, type Node, type YAMLParseError } from 'yaml'
import { createSizeWatch, type Excess } from '@copse/engine/yaml'
import { brief } from '../report/report.ts'
import { plainRoot } from './plain.ts'
import type { Position, Value } from './value.ts'

export interface SyntaxFault extends Position {
  code: string
  message: string
  fix?: string
}
type At = (offset: number) => Position
/** Its values where they are easily had, else its nodes. */
export type Parsed = { root: Value } | { contents: Node; at: At } | { faults: SyntaxFault[] }

const maxLength = 1_000_000
const maxDepth = 64
const maxFaults = 20

const fixes: Record<string, string> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Line it up with its neighbours, or close the bracket.',
  BLOCK_AS_IMPLICIT_KEY: 'Put quotes around a text that holds ": ".',
  MISSING_CHAR: 'Close the quote or bracket, or put a ":" after the key.',
  UNEXPECTED_TOKEN: 'Put quotes around all of a text, above all one that holds "{{", a comma or ": ".',
  MULTILINE_IMPLICIT_KEY: 'Is a ":" missing after the key?',
}

/** Text to YAML nodes, within limits: each stage is only let at what the one before found to be of sane size. */
export function parseYaml(source: string): Parsed {
  const at = placesIn(source)
  const refuse = (code: string, message: string, offset: number, fix?: string): Parsed => ({
    faults: [{ code, message, ...at(offset), ...(fix === undefined ? {} : { fix }) }],
  })
  if (source.length > maxLength) return refuse('too_large', 'The file is larger than 1 MB.', 0, 'Split it.')
  // A file that an editor saved in two bytes a letter has an empty one in each.
  if (source.includes('\0'))
    return refuse('yaml_invalid', 'The file is not saved as UTF-8.', 0, 'Save it again and choose the encoding UTF-8.')

  const tokens = readTokens(source)
  if (!Array.isArray(tokens)) {
    const { what, offset } = tokens
    if (what === 'levels') return refuse('too_deep', 'The file nests too deeply.', offset)
    return refuse('too_large', 'The file holds too many values.', offset)
  }
  const root = plainRoot(tokens, at)
  if (root) return { root }
  const [document, second] = new Composer({ uniqueKeys: false }).compose(tokens, true, source.length)
  if (second) {
    const fix = 'Keep one document per file: remove the "---".'
    return refuse('yaml_invalid', 'The file holds more than one document.', second.range[0], fix)
  }
  if (!document) return refuse('yaml_invalid', 'The file is empty.', 0)
  if (document.errors.length > 0) {
    const stray = document.errors.find(isStray)
    // What else is wrong then is what a tab makes of the lines around it.
    const tabs = document.errors.filter(({ code }) => code === 'TAB_AS_INDENT')
    const told = tabs.length > 0 ? tabs : document.errors.filter((error) => error === stray || !isStray(error))
    const faults = told.slice(0, maxFaults).map((error) => {
      const fix = fixes[error.message.startsWith('Sequence item without') ? 'BAD_INDENT' : error.code]
      const message = error === stray ? 'This does not fit after what stands before it' : brief(error.message)
      return { code: 'yaml_invalid', message: `${message}.`, ...at(error.pos[0]), ...(fix ? { fix } : {}) }
    })
    return { faults }
  }
  if (!document.contents) return refuse('yaml_invalid', 'The file is empty.', 0)
  return { contents: document.contents, at }
}

/** Not by the library's counter of lines, which misses those that it skips after a fault. */
function placesIn(source: string): At {
  let starts: number[] | undefined
  // Values are asked about as they stand: mostly in the line of the one before.
  let line = 1
  return (offset) => {
    starts ??= lineStarts(source)
    if (offset < starts[line - 1]! || offset >= (starts[line] ?? Infinity)) line = lineAt(offset, starts)
    return { line, column: offset - starts[line - 1]! + 1 }
  }
}

function lineAt(offset: number, starts: readonly number[]): number {
  let line = 1
  for (let beyond = starts.length + 1; beyond - line > 1;) {
    const middle = (line + beyond) >> 1
    if (starts[middle - 1]! <= offset) line = middle
    else beyond = middle
  }
  return line
}

/** One search after the other: a match object for each line of a hostile file takes 200 MB. */
function lineStarts(source: string): number[] {
  const starts = [0]
  for (let end = source.indexOf('\n'); end >= 0; end = source.indexOf('\n', end + 1)) starts.push(end + 1)
  return starts
}

/** After the first of them YAML finds everything else out of place, too. */
const isStray = ({ code }: YAMLParseError): boolean => code === 'UNEXPECTED_TOKEN'

function readTokens(source: string): CST.Token[] | Excess {
  const watch = createSizeWatch(maxDepth)
  const parser = new Parser()
  const tokens: CST.Token[] = []
  for (const lexeme of new Lexer().lex(source)) {
    const excess = watch(lexeme)
    if (excess) return excess
    // Most lexemes complete nothing.
    for (const token of parser.next(lexeme)) tokens.push(token)
  }
  tokens.push(...parser.end())
  return tokens
}
