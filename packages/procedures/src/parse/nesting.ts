import { Lexer } from 'yaml'

const maxDepth = 64

/**
 * Where the text nests too deeply, if it does. The YAML parser recurses, and deep nesting can end the whole process,
 * so this looks at the flat list of tokens before the parser is let near the text.
 */
export function findDeepNesting(source: string): number | undefined {
  const columns: number[] = []
  let flow = 0
  let offset = 0
  let lineStart = 0
  let indenting = true
  for (const token of new Lexer().lex(source)) {
    if (token === '\u0002' || token === '\u001f' || token === '\u0018') continue
    const column = offset - lineStart
    if (token === '[' || token === '{') flow++
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1)
    else if (indenting && token.trim() !== '') {
      while ((columns.at(-1) ?? -1) >= column) columns.pop()
      columns.push(column)
      indenting = token === '-' || token === '?' || token === ':'
    }
    if (columns.length + flow > maxDepth) return offset
    offset += token.length
    const newline = token.lastIndexOf('\n')
    if (newline >= 0) {
      lineStart = offset - (token.length - newline - 1)
      indenting = flow === 0
    }
  }
  return undefined
}
