import type { Diagnostic } from '@copse/contracts'
import { Composer, LineCounter, Lexer, Parser, type CST, type YAMLParseError } from 'yaml'
import { limits } from '../limits.ts'
import type { Position } from '../position.ts'
import { convert, type Item } from './item.ts'
import { createSizeWatch } from './size-watch.ts'

export type Document = { ok: true; root: Item } | { ok: false; diagnostics: Diagnostic[] }

const mostFaults = 20

const fixes: Record<string, string> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Line it up with its neighbours, or close the bracket.',
  DUPLICATE_KEY: 'Remove one of the two.',
}
const quoteCells =
  'In a list, put quotes around "-", ">= 5" and "[1..5]"; or draw the rules as a grid below `rules: |`.'

/** Text to values with places, within limits. */
export function parseDocument(source: string): Document {
  const lines = new LineCounter()
  lines.addNewLine(0)
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  if (source.length > limits.yamlLength) {
    const message = `The file is larger than ${limits.yamlLength} characters.`
    return refused('too_large', message, { line: 1, column: 1 }, 'Split the table.')
  }
  const tokens = readTokens(source, lines)
  if (typeof tokens === 'number') {
    return refused('too_large', 'The file nests too deeply or holds too much.', at(tokens), 'Split the table.')
  }
  const [document, second] = new Composer().compose(tokens, true, source.length)
  if (second)
    return refused('yaml_invalid', 'The file holds more than one document.', at(second.range[0]), 'Remove "---".')
  if (!document?.contents) {
    return refused('yaml_invalid', 'The file is empty.', { line: 1, column: 1 }, 'Begin with `table:`.')
  }
  if (document.errors.length > 0) return { ok: false, diagnostics: firstOfEachLine(document.errors, at) }
  const converted = convert(document.contents, source, at)
  return converted.ok ? converted : { ok: false, diagnostics: converted.diagnostics.slice(0, mostFaults) }
}

const refused = (code: string, message: string, place: Position, fix: string): Document => ({
  ok: false,
  diagnostics: [{ code, severity: 'error', message, fix, ...place }],
})

function readTokens(source: string, lines: LineCounter): CST.Token[] | number {
  const watch = createSizeWatch()
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  for (const lexeme of new Lexer().lex(source)) {
    const excess = watch(lexeme)
    if (excess !== undefined) return excess
    tokens.push(...parser.next(lexeme))
  }
  tokens.push(...parser.end())
  return tokens
}

/** YAML complains about one thing several times: what comes later in a line follows from what came first. */
function firstOfEachLine(errors: readonly YAMLParseError[], at: (offset: number) => Position): Diagnostic[] {
  const lines = new Map<number, Diagnostic>()
  for (const { code, message, pos } of errors) {
    const place = at(pos[0])
    if (lines.has(place.line)) continue
    const text = `${message.replace(/\.$/, '')}.`
    const fix = fixes[code] ?? quoteCells
    lines.set(place.line, { code: 'yaml_invalid', severity: 'error', message: text, fix, ...place })
  }
  return [...lines.values()].slice(0, mostFaults)
}
