import { Composer, CST, Lexer, LineCounter, Parser, type Node } from 'yaml'
import { createSizeWatch, type Excess } from './size-watch.ts'
import type { Position } from './value.ts'

export interface SyntaxFault extends Position {
  code: string
  message: string
  fix?: string
}
export type Parsed =
  | { ok: true; contents: Node; at: (offset: number) => Position }
  | { ok: false; faults: SyntaxFault[] }

const maxLength = 1_000_000
const maxFaults = 20

const fixes: Record<string, string> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Line it up with its neighbours, or close the bracket.',
  BLOCK_AS_IMPLICIT_KEY: 'Put quotes around a text that holds ": ".',
  MISSING_CHAR: 'Close the quote or bracket.',
  MULTILINE_IMPLICIT_KEY: 'Is a ":" missing after the key?',
}

/** Text to YAML nodes, within limits: each stage is only let at what the one before found to be of sane size. */
export function parseYaml(source: string): Parsed {
  const lines = new LineCounter()
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const refuse = (code: string, message: string, offset: number, fix?: string): Parsed => ({
    ok: false,
    faults: [{ code, message, ...at(offset), ...(fix === undefined ? {} : { fix }) }],
  })
  if (source.length > maxLength) return refuse('too_large', 'The file is larger than 1 MB.', 0, 'Split it.')

  const tokens = readTokens(source, lines)
  if (!Array.isArray(tokens)) {
    const message = tokens.code === 'too_deep' ? 'The file nests too deeply.' : 'The file holds too many values.'
    return refuse(tokens.code, message, tokens.offset)
  }
  const [document, second] = new Composer({ uniqueKeys: false }).compose(tokens, true, source.length)
  if (second) {
    const fix = 'Keep one document per file: remove the "---".'
    return refuse('yaml_invalid', 'The file holds more than one document.', second.range[0], fix)
  }
  if (!document) return refuse('yaml_invalid', 'The file is empty.', 0)
  if (document.errors.length > 0) {
    const faults = document.errors.slice(0, maxFaults).map((error) => {
      const fix = fixes[error.code]
      return { code: 'yaml_invalid', message: `${error.message}.`, ...at(error.pos[0]), ...(fix ? { fix } : {}) }
    })
    return { ok: false, faults }
  }
  if (!document.contents) return refuse('yaml_invalid', 'The file is empty.', 0, 'Begin with `copse: 1`.')
  return { ok: true, contents: document.contents, at }
}

function readTokens(source: string, lines: LineCounter): CST.Token[] | Excess {
  const watch = createSizeWatch()
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  lines.addNewLine(0)
  for (const lexeme of new Lexer().lex(source)) {
    const excess = watch(lexeme)
    if (excess) return excess
    tokens.push(...parser.next(lexeme))
  }
  tokens.push(...parser.end())
  return tokens
}
