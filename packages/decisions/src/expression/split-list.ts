const opening = new Set(['(', '[', '{'])
const closing = new Set([')', ']', '}'])

/** The parts of a list between commas, those in quotes and brackets left alone. */
export function splitList(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (quoted) {
      if (character === '\\') at += 1
      else if (character === '"') quoted = false
    } else if (character === '"') quoted = true
    else if (opening.has(character)) depth += 1
    else if (closing.has(character)) depth -= 1
    else if (character === ',' && depth <= 0) {
      parts.push(text.slice(start, at).trim())
      start = at + 1
    }
  }
  return [...parts, text.slice(start).trim()].filter((part) => part !== '')
}
