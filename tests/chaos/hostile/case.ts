import type { Answer, HostileWorld } from './world.ts'

/** How much of everything. */
export interface Amounts {
  /** How long nobody is hostile: until everything was loaded once, and to compare with. */
  warmUpMs: number
  quietMs: number
  envelopes: number
  contacts: number
  /** Of one envelope. */
  messages: number
  floodSeconds: number
  connections: number
  /** Bodies of almost 3 MB that do not end. */
  heldBack: number
  /** Of one byte each, in one body. */
  tinyChunks: number
  /** How long an attacker who is slow is watched. Beyond the limit of a request they must have been cut off. */
  patienceMs: number
  /** Each case begins when all of the one before is handled and answered. */
  isCalmBetween: boolean
}

export interface HostileCase {
  name: string
  /** What it may be answered. 503 only where there is really too much at once, and never for ever. */
  allowed: readonly Answer[]
  /** Of these not a row may be left. */
  storesNothing?: true
  run(world: HostileWorld, amounts: Amounts, seed: number): Promise<Answer[]>
}

/** The longest that a request may take, and how long it takes until that is seen on a machine that is busy. */
export const longestRequestMs = 40_000

export const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at))
