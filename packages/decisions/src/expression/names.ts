/**
 * The names that an expression may use, and what is known about their parts. FEEL's names may hold blanks and signs
 * (`Monthly Salary`, `year-to-date`), so text can only be read by someone who knows them.
 */
export type Names = ReadonlyMap<string, Shape>

export interface Shape {
  /** Of a context. */
  readonly fields?: Names
  /** Of a list. */
  readonly item?: Shape
}

export const noShape: Shape = {}

export const namesFrom = (names: Iterable<string>): Names => new Map([...names].map((name) => [name, noShape]))

/** Fields of a list are those of its items: `orders.total`. */
export const fieldsOf = (shape: Shape | undefined): Names | undefined =>
  shape?.fields ?? (shape?.item ? fieldsOf(shape.item) : undefined)
