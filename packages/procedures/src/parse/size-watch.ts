const maxDepth = 64
/** Aliases count as often as they are used, so that a small file cannot stand for a large one. */
export const maxValues = 20_000
/** About as many. A hostile file of many small tokens would keep the parser busy for minutes. */
const maxTokens = 150_000

/** Marks that the lexer puts in: they stand for no text. */
const marks = new Set(['\u0002', '\u0018', '\u001f'])

export interface Excess {
  code: 'too_deep' | 'too_large'
  offset: number
}

/**
 * Watches YAML tokens go by and says where there is too much of them. The parser's second half recurses, and deep
 * nesting there can end the whole process, so this must be asked before it starts.
 */
export function createSizeWatch(): (token: string) => Excess | undefined {
  const columns: number[] = []
  let flow = 0
  let tokens = 0
  let offset = 0
  let lineStart = 0
  let isIndent = true

  return (token) => {
    if (marks.has(token)) return undefined
    const column = offset - lineStart
    if (token === '[' || token === '{') flow++
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1)
    else if (isIndent && token.trim() !== '') {
      while ((columns.at(-1) ?? -1) >= column) columns.pop()
      columns.push(column)
      isIndent = token === '-' || token === '?' || token === ':'
    }
    tokens++
    if (columns.length + flow > maxDepth) return { code: 'too_deep', offset }
    if (tokens > maxTokens) return { code: 'too_large', offset }
    offset += token.length
    const newline = token.lastIndexOf('\n')
    if (newline >= 0) {
      lineStart = offset - (token.length - newline - 1)
      isIndent = flow === 0
    }
    return undefined
  }
}
