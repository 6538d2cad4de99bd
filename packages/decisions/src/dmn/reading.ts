import type { Diagnostic } from '@copse/contracts'
import type { ItemDefinition, TextPlaces } from '../model/model.ts'
import type { Element } from './xml.ts'

/** What reading a model needs besides its elements. */
export interface Reading {
  readonly types: ReadonlyMap<string, ItemDefinition>
  readonly places: TextPlaces
  at(offset: number): { line: number; column: number }
  error(code: string, element: Element, message: string, fix?: string): void
  readonly diagnostics: Diagnostic[]
}

/** Where the nth character of the text of an element stands in the file. */
export function offsetInFile(element: Element, index: number): number {
  const lead = element.text.length - element.text.trimStart().length
  const at = index + lead
  const piece = element.pieces.findLast((one) => one.at <= at)
  return piece ? piece.offset + at - piece.at : element.offset
}
