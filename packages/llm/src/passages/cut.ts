/** A piece of a document that makes sense by itself. */
export interface Passage {
  /** Those above it, outermost first. */
  headings: string[]
  /** Without the marks of markdown; an item of a list or a row of a table is a line. */
  text: string
}

const longest = 800
/** A line that is at least so long was broken only because it was full. */
const fullLine = 60

/** Markdown or plain text in passages: a heading, a blank line or too much text ends one. Nothing is lost but marks. */
export function cutPassages(document: string): Passage[] {
  const passages: Passage[] = []
  const headings: string[] = []
  let lines: string[] = []
  const close = (): void => {
    for (const text of pieces(lines)) passages.push({ headings: headings.filter(Boolean), text })
    lines = []
  }
  for (const line of document.split(/\r\n?|\n/)) {
    const heading = /^ {0,3}(#{1,6}) (.*)$/.exec(line)
    if (heading) {
      close()
      const level = heading[1]!.length
      headings.splice(level - 1)
      while (headings.length < level - 1) headings.push('')
      headings.push(plainLine(heading[2]!))
    } else if (line.trim() === '') close()
    else if (isItem.test(line) || (lines.at(-1) ?? '').length < fullLine) lines.push(plainLine(line))
    else lines.push(`${lines.pop()} ${plainLine(line)}`)
  }
  close()
  return passages
}

const isItem = /^\s*(?:[-*+|>]|\d{1,3}[.)]\s)/

/** Rules and the line under a table's head say nothing. */
const plainLine = (line: string): string =>
  /^[\s|:*_=-]+$/.test(line)
    ? ''
    : line
        .replace(/^\s*(?:[-*+>]|\d{1,3}[.)])\s+/, '')
        .replaceAll(/!?\[([^[\]]{1,300})\]\(([^()\s]{1,500})\)/g, '$1 ($2)')
        .replaceAll(/\*\*|__|`/g, '')
        .replaceAll(/[\s|]+/g, ' ')
        .trim()

/** What a sentence ends with: its sign and a space, or the end of the line. */
export const sentencesOf = (text: string): string[] =>
  text.split(/\n|(?<=[.!?…]) (?=[\p{Lu}\p{N}¿¡"«(])/u).filter((sentence) => sentence !== '')

function pieces(lines: readonly string[]): string[] {
  const text = lines.filter((line) => line !== '').join('\n')
  if (text.length <= longest) return text === '' ? [] : [text]
  const found: string[] = []
  let piece = ''
  for (const sentence of sentencesOf(text).flatMap(short)) {
    if (piece !== '' && piece.length + sentence.length >= longest) {
      found.push(piece)
      piece = ''
    }
    piece = piece === '' ? sentence : `${piece}\n${sentence}`
  }
  return [...found, piece]
}

/** What never ends is cut where it is too long. */
const short = (sentence: string): string[] =>
  sentence.length <= longest ? [sentence] : (sentence.match(new RegExp(`[^]{1,${longest}}`, 'gu')) ?? [])
