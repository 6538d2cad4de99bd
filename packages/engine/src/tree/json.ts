export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** All of it: what a tree and its sessions share, nobody may change. */
export function frozen<T>(json: T): T {
  if (typeof json !== 'object' || json === null || Object.isFrozen(json)) return json
  for (const value of Object.values(json)) frozen(value)
  return Object.freeze(json)
}
