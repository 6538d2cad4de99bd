/** Taken from `from` up to `to`, in ms since 1970. */
export interface Busy {
  from: number
  to: number
}

/** Whether nothing is taken from one instant up to another. Asked in ascending order, it looks at each span once. */
export function freeOf(busy: readonly Busy[]): (from: number, to: number) => boolean {
  const spans = joined(busy)
  let index = 0
  return (from, to) => {
    while ((spans[index]?.to ?? Infinity) <= from) index += 1
    return (spans[index]?.from ?? Infinity) >= to
  }
}

/** In order, and without overlaps, so that also their ends are in order. */
function joined(busy: readonly Busy[]): Busy[] {
  const spans: Busy[] = []
  for (const { from, to } of busy.filter((span) => span.to > span.from).toSorted((a, b) => a.from - b.from)) {
    const last = spans.at(-1)
    if (last && from <= last.to) spans[spans.length - 1] = { from: last.from, to: Math.max(last.to, to) }
    else spans.push({ from, to })
  }
  return spans
}
