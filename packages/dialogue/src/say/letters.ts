/** What people see as one character each. */
export const graphemes = (text: string): string[] => [...new Intl.Segmenter().segment(text)].map((part) => part.segment)

/**
 * At most so long however an outside counts, cut between characters. An emoji may be eleven units and one character:
 * who counts units must not refuse what we thought was short.
 */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text
  let short = ''
  for (const letter of graphemes(text.slice(0, length * 2))) {
    if (short.length + letter.length > length - 1) break
    short += letter
  }
  return `${short.trimEnd()}…`
}

/** Cuts at paragraph, sentence or word ends; inside a character only when it alone is too long. */
export function split(text: string, length: number): string[] {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > length) {
    const head = rest.slice(0, length)
    const at = Math.max(head.lastIndexOf('\n'), head.lastIndexOf('. ') + 1, head.lastIndexOf(' '))
    const cut = at > length / 2 ? at : graphemes(head).slice(0, -1).join('').length || length
    pieces.push(rest.slice(0, cut).trim())
    rest = rest.slice(cut).trim()
  }
  return [...pieces, rest].filter((piece) => piece !== '')
}
