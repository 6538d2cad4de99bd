import { Composer, LineCounter, Lexer, Parser, type CST, type Node } from 'yaml'
import { createSizeWatch, type Excess } from './size-watch.ts'
import type { Place } from './value.ts'

export interface SyntaxFault extends Place {
  message: string
}

export type Composed =
  | { ok: true; contents: Node; place: (offset: number) => Place }
  | { ok: false; faults: SyntaxFault[] }

/** A tree of 256 levels, two of YAML each, and what a config may add. */
const depthLimit = 640
const LENGTH_LIMIT = 1_000_000
const FAULT_LIMIT = 20

const fixes: Record<string, string> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Line it up with its neighbours, or close the bracket.',
  BLOCK_AS_IMPLICIT_KEY: 'Put quotes around a text that holds ": ".',
  MISSING_CHAR: 'Close the quote or bracket.',
  MULTILINE_IMPLICIT_KEY: 'Is a ":" missing after the key?',
  TAG_RESOLVE_FAILED: 'Leave the tag out: only plain YAML can be a tree.',
}

/** Text to YAML nodes, within limits: each stage only gets what the one before found to be of sane size. */
export function compose(text: string): Composed {
  const lines = new LineCounter()
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const refuse = (message: string, offset = 0): Composed => ({ ok: false, faults: [{ message, ...place(offset) }] })
  if (text.length > LENGTH_LIMIT) return refuse('The text is larger than 1 MB; split the tree, or give it as JSON.')

  const tokens = tokensOf(text, lines)
  if (!Array.isArray(tokens)) {
    const { what, offset } = tokens
    if (what === 'levels') return refuse(`It is nested deeper than ${depthLimit} levels.`, offset)
    return refuse('It holds too many values; split the tree, or give it as JSON.', offset)
  }
  const [document, second] = new Composer({ uniqueKeys: false }).compose(tokens, true, text.length)
  if (second) return refuse('It holds more than one document; keep one, without "---".', second.range[0])
  const errors = [...(document?.errors ?? []), ...(document?.warnings ?? [])]
  if (errors.length > 0) {
    const faults = errors.slice(0, FAULT_LIMIT).map(({ code, message, pos: [offset] }) => ({
      message: [`${message.replace(/\.$/, '')}.`, fixes[code]].join(' ').trimEnd(),
      ...place(offset),
    }))
    return { ok: false, faults }
  }
  if (!document?.contents) return refuse('It is empty; a tree begins with `v: 1`, `id` and `version`.')
  return { ok: true, contents: document.contents, place }
}

function tokensOf(text: string, lines: LineCounter): CST.Token[] | Excess {
  const watch = createSizeWatch(depthLimit)
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  lines.addNewLine(0)
  for (const lexeme of new Lexer().lex(text)) {
    const excess = watch(lexeme)
    if (excess) return excess
    tokens.push(...parser.next(lexeme))
  }
  tokens.push(...parser.end())
  return tokens
}
