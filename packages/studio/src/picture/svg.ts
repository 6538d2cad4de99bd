import { Graph, layout } from '@dagrejs/dagre'
import { endsApart, type Placed, type Point } from './ends.ts'
import { titleOf, type Box, type Picture } from './stages.ts'

/** What a letter takes in the font below, in pixels: boxes are measured without a browser. */
const letter = { capital: 9.8, box: 8.3, small: 6.1 }
const longestLabel = 44

const fills: Record<string, string> = {
  collect_info: '#e3effb',
  tool_call: '#fdeed8',
  evaluate: '#efe6fa',
  inform: '#e4f4e6',
  ending: '#eceef0',
  end: '#eceef0',
}

/** The same picture as an SVG that needs nothing else: boxes top down, arrows with what leads along them. */
export function svgOf({ id, version, initial, boxes, arrows }: Picture): string {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 36, edgesep: 18, ranksep: 46, marginx: 24, marginy: 24 })
  for (const box of boxes) graph.setNode(box.id, { ...sizeOf(box) })
  for (const [index, { from, to, label }] of arrows.entries()) {
    const size = { width: cut(label).length * letter.small + 8, height: 15 }
    graph.setEdge(from, to, { ...size, labelpos: 'c' }, String(index))
  }
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  const lines = arrows.map(({ from, to }, index) => graph.edge(from, to, String(index)) as Line)
  const placed = (id: string): Placed => graph.node(id) as Placed
  const ways = endsApart(
    arrows.map(({ from, to }, at) => ({ from: placed(from), to: placed(to), points: lines[at]!.points })),
  )
  const drawn = arrows.map(({ from, to, label }, at) =>
    arrow(from === to ? loop(placed(from), lines[at]!) : curve(ways[at]!), lines[at]!, label),
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" font-family="system-ui, 'DejaVu Sans', sans-serif">`,
    `<title>${escape(`${id} ${version}`)}</title>`,
    '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="#5b6570"/></marker></defs>',
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...drawn.map(({ line }) => line),
    // Over every line, so that none runs through words.
    ...drawn.map(({ words }) => words),
    ...boxes.map((box) => boxed(box, placed(box.id), box.id === initial)),
    '</svg>',
  ].join('\n')
}

interface Line extends Point {
  points: Point[]
  width: number
}

function sizeOf(box: Box): { width: number; height: number } {
  const title = titleOf(box)
  const low = title.match(/[a-z_]/g)?.length ?? 0
  const titleWidth = low * letter.box + (title.length - low) * letter.capital
  const widest = Math.max(titleWidth, ...linesOf(box).map((line) => line.length * letter.small))
  return { width: Math.max(72, Math.ceil(widest) + 24), height: 26 + 15 * linesOf(box).length }
}

const linesOf = (box: Box): string[] =>
  box.kind === 'ending' ? [] : [box.kind, ...(box.name === '' ? [] : [cut(box.name)])]

function boxed(box: Box, { x, y, width, height }: Placed, isInitial: boolean): string {
  const left = round(x - width / 2)
  const top = round(y - height / 2)
  const isEnding = box.kind === 'ending' || box.kind === 'end'
  const fill = fills[box.kind] ?? '#f4f4f4'
  const stroke = isInitial ? 'stroke="#1f5fa8" stroke-width="2.5"' : 'stroke="#8a94a0"'
  const small = linesOf(box).map(
    (line, index) =>
      `<text x="${round(x)}" y="${round(top + 33 + index * 14)}" font-size="11" fill="#4a545e" text-anchor="middle">${escape(line)}</text>`,
  )
  return [
    `<g><rect x="${left}" y="${top}" width="${round(width)}" height="${round(height)}" rx="${isEnding ? 14 : 5}" fill="${fill}" ${stroke}/>`,
    `<text x="${round(x)}" y="${round(top + 18)}" font-size="13" font-weight="600" fill="#1d2329" text-anchor="middle">${escape(titleOf(box))}</text>`,
    ...small,
    '</g>',
  ].join('')
}

function arrow(path: string, { x, y, width }: Line, label: string): { line: string; words: string } {
  const words = `<g><title>${escape(label)}</title><rect x="${round(x - width / 2)}" y="${round(y - 8)}" width="${round(width)}" height="15" rx="3" fill="#ffffff" fill-opacity="0.92"/><text x="${round(x)}" y="${round(y + 3.5)}" font-size="11" fill="#38424c" text-anchor="middle">${escape(cut(label))}</text></g>`
  return { line: `<path d="${path}" fill="none" stroke="#5b6570" marker-end="url(#tip)"/>`, words }
}

/** Out of the side of a box, under its label, and back. */
function loop({ x, y, width, height }: Placed, label: Line): string {
  const side = round(x + width / 2)
  // A bend of this kind comes three quarters of the way to where it is pulled.
  const pulled = round(side + ((label.x - side) * 4) / 3)
  const [above, below] = [y - height / 4, y + height / 4].map(round)
  return `M${side} ${above} C${pulled} ${above} ${pulled} ${below} ${side} ${below}`
}

/** From point to point, upright where it passes one: so it runs under its label and comes into boxes from above. */
function curve([first, ...rest]: Point[]): string {
  if (!first) return ''
  let { x, y } = first
  const bends = rest.map((to) => {
    const half = round((y + to.y) / 2)
    const bend = `C${round(x)} ${half} ${round(to.x)} ${half} ${round(to.x)} ${round(to.y)}`
    ;({ x, y } = to)
    return bend
  })
  return `M${round(first.x)} ${round(first.y)} ${bends.join(' ')}`
}

/** In the middle: conditions that begin alike are told apart by how they end. */
const cut = (text: string): string =>
  text.length > longestLabel ? `${text.slice(0, longestLabel / 2 - 1)}…${text.slice(-longestLabel / 2)}` : text
const round = (value: number): number => Math.round(value * 10) / 10
/** XML knows no control characters, and five others mean something. */
const escape = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ').replaceAll(/[<>&"']/g, (character) => `&#${character.codePointAt(0)!};`)
