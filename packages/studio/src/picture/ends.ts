export interface Point {
  x: number
  y: number
}

/** A box as it was laid out; `x` and `y` are its middle. */
export interface Placed extends Point {
  width: number
  height: number
}

export interface Way {
  from: Placed
  to: Placed
  points: Point[]
}

/** Corners are round. */
const corner = 12

/**
 * The points of each way, which now begins and ends at the top or the bottom of its boxes: side by side, in the order of
 * where they lead, so that none crosses another there. What leads from a box to itself is left as it is.
 */
export function endsApart(ways: readonly Way[]): Point[][] {
  const drawn = ways.map(({ points }) => points.map((point) => ({ ...point })))
  const sides = new Map<Placed, Record<'top' | 'bottom', { end: Point; next: Point }[]>>()
  const join = (box: Placed, end: Point | undefined, next: Point | undefined): void => {
    if (!end || !next) return
    const side = sides.get(box) ?? { top: [], bottom: [] }
    sides.set(box, side)
    side[next.y > box.y ? 'bottom' : 'top'].push({ end, next })
  }
  for (const [at, { from, to }] of ways.entries()) {
    const points = drawn[at]!
    if (from === to) continue
    join(from, points[0], points[1])
    join(to, points.at(-1), points.at(-2))
  }
  for (const [box, { top, bottom }] of sides) {
    spread(box, box.y - box.height / 2, top)
    spread(box, box.y + box.height / 2, bottom)
  }
  return drawn
}

function spread({ x, width }: Placed, y: number, ends: { end: Point; next: Point }[]): void {
  const room = width - 2 * corner
  for (const [at, { end }] of ends.toSorted((a, b) => a.next.x - b.next.x).entries()) {
    end.x = x - room / 2 + (room * (at + 1)) / (ends.length + 1)
    end.y = y
  }
}
