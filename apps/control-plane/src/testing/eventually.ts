import { setTimeout as sleep } from 'node:timers/promises'

/** Tries until `look` neither throws nor gives false or undefined. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  timeoutMs = 15_000,
): Promise<Exclude<NonNullable<T>, false>> {
  const until = Date.now() + timeoutMs
  for (;;) {
    try {
      const seen = await look()
      if (seen !== undefined && seen !== null && seen !== false) return seen as Exclude<NonNullable<T>, false>
    } catch (error) {
      if (Date.now() > until) throw error
    }
    if (Date.now() > until) throw new Error(`not within ${timeoutMs} ms: ${look.toString()}`)
    await sleep(50)
  }
}
