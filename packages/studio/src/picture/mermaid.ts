import { titleOf, type Box, type Picture } from './stages.ts'

/** The same picture as a Mermaid flowchart. Text of authors is escaped. */
export function mermaidOf({ boxes, arrows, initial }: Picture): string {
  const numbers = new Map(boxes.map((box, index) => [box.id, `n${index}`]))
  return [
    'flowchart TD',
    ...boxes.map((box) => `  ${numbers.get(box.id)!}${outlined(box, box.id === initial)}`),
    ...arrows.map(({ from, to, label }) => `  ${numbers.get(from)!} -- "${escape(label)}" --> ${numbers.get(to)!}`),
  ].join('\n')
}

function outlined(box: Box, isInitial: boolean): string {
  const text = [titleOf(box), ...(box.kind === 'ending' ? [] : [box.kind])].map(escape).join('<br/>')
  if (isInitial) return `(["${text}"])`
  if (box.kind === 'evaluate') return `{{"${text}"}}`
  return box.kind === 'ending' || box.kind === 'end' ? `(("${text}"))` : `["${text}"]`
}

/** Everything that Mermaid, or the HTML that it makes of a label, would read as more than text. */
const escape = (text: string): string =>
  text.replaceAll(/[^\p{L}\p{N} .,:;!?()/+*=@$_-]/gu, (character) => `#${character.codePointAt(0)!};`)
