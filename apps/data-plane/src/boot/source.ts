import type { Bundle, Clock, Logger, Silence } from '@copse/contracts'
import type { Config } from '../config.ts'

/** What a process starts from, and how it hears of something newer. */
export interface Boot {
  bundle: Bundle
  /** What ran before, when `bundle` is newer: nobody knows yet whether that one can be used. */
  lastGood?: Bundle
  dataPath: string
  dev: boolean
  /** Opens the private routes outside development. */
  operatorToken?: string
  /** Where whoever operates a tenant of local YAML finds it. */
  tokenFile?: string
  /**
   * Keeps the bundle that runs and hands over each newer one, in order. A bundle that `apply` refuses is not kept;
   * `refused` hears why there is none to hand over. Returns a stop.
   */
  watch(running: Bundle, apply: (next: Bundle) => Promise<void>, refused: (error: unknown) => void): () => Promise<void>
  /** Since when a control plane that is watched has not answered. Null while it does. */
  silence?: () => Silence | null
  /** Local YAML only: reads the files again. Throws with every fault; what runs now goes on. */
  reload?: () => Promise<Bundle>
}

export interface BootOptions {
  config: Config
  clock: Clock
  logger: Logger
  /** [0, 1): spreads the polls of many instances. */
  random(): number
}
