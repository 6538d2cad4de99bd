const DEPTH_LIMIT = 64
const SIZE_LIMIT = 100_000

export const sizeLimits = `${DEPTH_LIMIT} levels or holds more than ${SIZE_LIMIT} values`

/** Level by level and counted: JSON may be deep, or small with its parts referred to many times over. */
export function isTooLarge(json: unknown): boolean {
  let level: unknown[] = [json]
  let size = 0
  for (let depth = 0; level.length > 0; depth++) {
    size += level.length
    if (depth > DEPTH_LIMIT || size > SIZE_LIMIT) return true
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return false
}
