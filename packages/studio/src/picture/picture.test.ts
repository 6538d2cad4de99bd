import { expect, test } from 'vitest'
import { compileText } from '../compile-text.ts'
import { operations, shop } from '../testing/desk.ts'
import { mermaidOf } from './mermaid.ts'
import { pictureOf, type Picture } from './stages.ts'
import { svgOf } from './svg.ts'
import { textOf } from './text.ts'

function draw(text = shop, all = false): Picture {
  const { procedure, outline, diagnostics } = compileText({ file: 'shop.yaml', text }, operations)
  if (!procedure) throw new Error(JSON.stringify(diagnostics))
  return pictureOf(procedure.tree, outline, all)
}

test('a procedure in text has each step with the ways that its author wrote', () => {
  const text = textOf(draw())
  expect(text).toContain('shop 1, begins with ask')
  expect(text).toContain(`decide (evaluate) line 24
  order.days <= 30 → pay
  order.vip == yes → pay
  else             → offer`)
  expect(text).toContain('  Yes → a person')
  expect(text).not.toContain('person →')
})

test('the ways that every step has are drawn when asked for', () => {
  expect(textOf(draw(shop, true))).toMatch(/ask \(collect_info\)[^]*?person +→ person/)
})

test('text of an author is text in Mermaid and in SVG, whatever it holds', () => {
  const hostile = shop.replace('{en: Yes}', `{en: '<script>"]-->x&]'}`)
  const mermaid = mermaidOf(draw(hostile))
  expect(mermaid).not.toContain('<script>')
  expect(mermaid.split('\n')).toContain('  n3 -- "#60;script#62;#34;#93;--#62;x#38;#93;" --> n6')
  const svg = svgOf(draw(hostile))
  expect(svg).not.toContain('<script>')
  expect(svg).toContain('&#60;script&#62;')
})

const boxesIn = (svg: string): [number, number, number, number][] =>
  [...svg.matchAll(/<g><rect x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="(?:5|14)"/g)].map(
    (match) => match.slice(1).map(Number) as [number, number, number, number],
  )

test('in the SVG no two boxes overlap, and every box lies within it', () => {
  const svg = svgOf(draw())
  const [, width = 0, height = 0] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).map(Number)
  const boxes = boxesIn(svg)
  expect(boxes).toHaveLength(8)
  for (const [x, y, w, h] of boxes) {
    expect([x >= 0, y >= 0, x + w <= width, y + h <= height]).toEqual([true, true, true, true])
    const overlapping = boxes.filter(([a, b, c, d]) => x < a + c && a < x + w && y < b + d && b < y + h)
    expect(overlapping).toHaveLength(1)
  }
})

const loops = `copse: 1
flow:
  id: loops
  initial_state: CONFIRM_CANCELLATION
  states:
    CONFIRM_CANCELLATION:
      on_enter: [{action: send_text, text: Hello.}]
      transitions: [{on_payload: buy, target: SHOP}, {on_payload: go, target: SHOP}, {on_payload: end, target: end}]
      fallback: CONFIRM_CANCELLATION
    SHOP:
      on_enter: [{action: send_text, text: What would you like?}]
      transitions: [{on_payload: end, target: end}]
      fallback: CONFIRM_CANCELLATION
`

test.each([
  ['a procedure', shop],
  ['a flow whose states lead to themselves', loops],
])('in the SVG of %s every arrow begins and ends at a box, and no two end at the same place', (_, text) => {
  const picture = draw(text)
  const svg = svgOf(picture)
  const boxes = boxesIn(svg)
  const isAtBorder = (x: number, y: number): boolean =>
    boxes.some(
      ([left, top, width, height]) =>
        ([top, top + height].some((edge) => Math.abs(edge - y) < 1) && x > left && x < left + width) ||
        (Math.abs(left + width - x) < 1 && y > top && y < top + height),
    )
  const ends = [...svg.matchAll(/<path d="M([-\d.]+) ([-\d.]+)[^"]*? ([-\d.]+) ([-\d.]+)" fill="none"/g)].map((match) =>
    match.slice(1).map(Number),
  )
  expect(ends).toHaveLength(picture.arrows.length)
  for (const [x = 0, y = 0, toX = 0, toY = 0] of ends) {
    expect([isAtBorder(x, y), isAtBorder(toX, toY)]).toEqual([true, true])
  }
  expect(new Set(ends.map(([, , x, y]) => `${x} ${y}`)).size).toBe(ends.length)
})

test('a box is as wide as what stands in it, in capitals as well', () => {
  const [box] = boxesIn(svgOf(draw(loops)))
  // What DejaVu Sans Bold takes for these at this size.
  expect(box![2]).toBeGreaterThan(185)
})

test('long conditions that differ in their last word are told apart', () => {
  const long = (days: string): string => `order.vip == yes and order.days_since_delivery ${days}`
  const text = shop.replace('order.vip == yes', long('> 30')).replace('order.days <= 30', long('<= 30'))
  const labels = [...svgOf(draw(text)).matchAll(/>([^<>]*…[^<>]*)<\/text>/g)].map(([, label]) => label)
  expect(labels).toHaveLength(2)
  expect(new Set(labels).size).toBe(2)
})

test('a flow is drawn by its states, with what leads from one to the other', () => {
  const flow = `copse: 1
flow:
  id: menu
  initial_state: start
  global_transitions:
    - {on_payload: back, target: start}
  states:
    start:
      on_enter: [{action: send_text, text: Hello.}]
      transitions:
        - {on_payload: buy, target: shop}
        - {on_payload_prefix: item_, target: shop}
        - {on_type: text, condition: message.text contains hat, target: shop}
      fallback: start
    shop:
      on_enter: [{action: send_text, text: What would you like?}]
      fallback: start
`
  expect(textOf(draw(flow))).toBe(`menu 1, begins with start

start (state) line 8
  buy, item_…, text, if message.text contains hat → shop
  fallback                                        → start

shop (state) line 15
  fallback → start`)
})
