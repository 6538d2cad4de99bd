import type { Shelf } from '../run/shelf.ts'
import type { Json } from '../tree/json.ts'

/** Forgets nothing but what has expired by `now`. */
export function memoryShelf(now: () => number = () => 0): Shelf {
  const kept = new Map<string, { value: Json; untilMs: number }>()
  return {
    async get(key) {
      const found = kept.get(key)
      return found !== undefined && found.untilMs > now() ? found.value : undefined
    },
    async put(key, value, untilMs = Number.POSITIVE_INFINITY) {
      kept.set(key, { value, untilMs })
    },
  }
}
