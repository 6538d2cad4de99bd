const maxFlow = 8
const maxIndent = 60
const maxIndicators = 8
const maxTokens = 150_000

/**
 * Watches YAML's tokens go by, and gives the offset at which there is too much of them. What reads the tokens afterwards
 * recurses, so it must not meet deep nesting: by brackets, by indentation, or by `- - -` in one line.
 */
export function createSizeWatch(): (token: string) => number | undefined {
  let flow = 0
  let tokens = 0
  let offset = 0
  let column = 0
  let indicators = 0
  let isIndent = true

  return (token) => {
    // The lexer's own marks stand for no text.
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') return undefined
    const start = offset
    const isBlank = token.trim() === ''
    tokens += 1
    if (token === '[' || token === '{') flow += 1
    else if (token === ']' || token === '}') flow -= 1
    else if (flow === 0 && (token === '-' || token === '?')) indicators += 1
    const tooDeep =
      flow > maxFlow || indicators > maxIndicators || (isIndent && !isBlank && flow === 0 && column > maxIndent)
    if (!isBlank) isIndent = false
    offset += token.length
    const newline = token.lastIndexOf('\n')
    column = newline >= 0 ? token.length - newline - 1 : column + token.length
    if (newline >= 0) {
      indicators = 0
      isIndent = true
    }
    return tooDeep || tokens > maxTokens ? start : undefined
  }
}
