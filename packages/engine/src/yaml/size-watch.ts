/** About 20,000 values. A hostile file of many small tokens would keep the parser busy for minutes. */
const TOKEN_LIMIT = 150_000

/** Marks that the lexer puts in: they stand for no text. */
const marks = new Set(['\u0002', '\u0018', '\u001F'])

export interface Excess {
  what: 'levels' | 'values'
  offset: number
}

/**
 * Watches the lexer's tokens go by and says where there are too many of them, or too many levels. What composes them
 * recurses, and deep nesting there could end the process, so this must be asked first.
 */
export function createSizeWatch(depthLimit: number): (token: string) => Excess | undefined {
  /** Where the open block levels of the current line begin. */
  const columns: number[] = []
  let brackets = 0
  let tokens = 0
  let offset = 0
  let lineStart = 0
  let isIndent = true

  return (token) => {
    if (marks.has(token)) return undefined
    const column = offset - lineStart
    if (token === '[' || token === '{') brackets++
    else if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1)
    else if (isIndent && token.trim() !== '') {
      while ((columns.at(-1) ?? -1) >= column) columns.pop()
      columns.push(column)
      isIndent = token === '-' || token === '?' || token === ':'
    }
    if (columns.length + brackets > depthLimit) return { what: 'levels', offset }
    if (++tokens > TOKEN_LIMIT) return { what: 'values', offset }
    offset += token.length
    const newline = token.lastIndexOf('\n')
    if (newline >= 0) {
      lineStart = offset - (token.length - newline - 1)
      isIndent = brackets === 0
    }
    return undefined
  }
}
