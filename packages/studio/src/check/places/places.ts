import type { Path, Position } from '@copse/procedures'

/** Where things stand in the author's file. A state is a step here; a task goes by its stage. */
export interface Places {
  steps: readonly string[]
  /** Of the words that start it; the nearest that exists. */
  triggers(): Position
  /** Of a step itself. */
  start(step: string): Position
  /** Of something within a step; the nearest that exists. */
  at(step: string, path: Path): Position
  /** Of the first call of an operation. */
  call(step: string, operation: string): Position
  /** Of what it offers. */
  options(step: string): Position
  /** Of the title of one of the options that a step offers, counted through them all. */
  title(step: string, index: number): Position
  /** The author says that the options of a step are a list. */
  isList(step: string): boolean
  /** Of what it says. */
  words(step: string): Position
  /** Of each transition of a state, in the order in which they are tried; undefined for those of all states. */
  transitions(step: string): (Position | undefined)[]
  /** Of the transition of all states that listens for this. */
  global(tap: string): Position
  /** Of the first text of a step that holds this field as a placeholder; else of the step. */
  placeholder(step: string, field: string): Position
  /** Of the first condition or argument of a step that reads one of these names; else of the step. */
  reading(step: string, names: readonly string[]): Position
  /** Targets that the author wrote in a step. */
  targets(step: string): string[]
  /** Keys that the author wrote in a step. */
  keys(step: string): string[]
  /** How many items a list in a step has. */
  lengthOf(step: string, path: Path): number
  /** Customer texts of a step. */
  texts(step: string): Text[]
  /** Of texts that name none. */
  language: string
}
/** Texts that stand for one another, per language; `''` where none is named. */
export interface Text extends Position {
  /** The key that it stands under, e.g. `say`. */
  key: string
  /** The author wrote none, and customers read something else in its place. */
  isUnwritten?: true
  languages: string[]
}
