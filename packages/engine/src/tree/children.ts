/** Whether those that are in both stand one behind the other in both alike. */
export function keepsOrder(before: readonly string[], after: readonly string[]): boolean {
  const [known, stayed] = [new Set(before), new Set(after)]
  return isSame(
    before.filter((name) => stayed.has(name)),
    after.filter((name) => known.has(name)),
  )
}

export function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, position) => name === b[position])
}
