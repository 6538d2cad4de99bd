import { titleOf, type Picture } from './stages.ts'

/** Steps in the order of the file, each with the ways that lead on from it. */
export function textOf({ id, version, initial, boxes, arrows }: Picture): string {
  const titles = new Map(boxes.map((box) => [box.id, titleOf(box)]))
  const lines = [`${id} ${version}, begins with ${initial}`]
  for (const box of boxes) {
    const ways = arrows.filter(({ from }) => from === box.id)
    if (box.kind === 'ending' && ways.length === 0) continue
    const head = [titleOf(box), box.kind === 'ending' ? '' : `(${box.kind})`, box.name === '' ? '' : `"${box.name}"`]
    lines.push(
      '',
      [...head, box.line === undefined ? '' : `line ${box.line}`, box.file === undefined ? '' : `of ${box.file}`]
        .filter(Boolean)
        .join(' '),
    )
    const width = Math.max(0, ...ways.map(({ label }) => label.length))
    for (const { label, to } of ways) lines.push(`  ${label.padEnd(width)} → ${titles.get(to) ?? to}`)
  }
  return lines.join('\n')
}
