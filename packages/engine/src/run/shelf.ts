import type { Json } from '../tree/json.ts'

/** JSON kept beside all sessions, by key, until it expires: what a cache or a cooldown of more than one session needs. */
export interface Shelf {
  get(key: string): Promise<Json | undefined>
  /** `untilMs` is ms since the epoch; without it, for good. */
  put(key: string, value: Json, untilMs?: number): Promise<void>
}
