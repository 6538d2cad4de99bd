import type { JsonObject } from '@copse/contracts'
import type { WritePart } from '../../provider.ts'

/** What a sentence may use. Never the instruction: that is for a model, not for a customer. */
export interface Scene {
  part: WritePart
  /** What the message says before this. */
  said: readonly string[]
  facts: JsonObject
}

/** One language's built-in sentences. '' says nothing. */
export interface Phrasebook {
  and: string
  or: string
  collect(scene: Scene, asks: string): string
  call(scene: Scene): string
  inform(scene: Scene): string
  choose(scene: Scene, options: string): string
  pause(scene: Scene): string
  confirm(scene: Scene): string
  several(scene: Scene): string
  classify(scene: Scene): string
  handoff(scene: Scene, reference: string | undefined): string
  unavailable(scene: Scene): string
  fallback(scene: Scene): string
  apology(scene: Scene): string
  end(scene: Scene): string
}
