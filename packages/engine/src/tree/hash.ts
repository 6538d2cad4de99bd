import { hash } from 'node:crypto'

/** One text per value: keys sorted, no white space. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (value !== null && typeof value === 'object') {
    let fields = ''
    for (const key of Object.keys(value).sort()) {
      const item = (value as Record<string, unknown>)[key]
      if (item === undefined) continue
      fields += `${fields === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(item)}`
    }
    return `{${fields}}`
  }
  return JSON.stringify(value) ?? 'null'
}

export function sha256(text: string): string {
  return hash('sha256', text)
}

/** The identity of a definition: the same whatever the order of its keys. */
export function treeHash(spec: unknown): string {
  return sha256(canonicalJson(spec))
}

/** Shared by crash re-runs of a visit, different for every other visit, node and session. */
export function effectKey(sessionId: string, node: string, visit: number | string, name: string): string {
  return sha256(JSON.stringify([sessionId, node, visit, name]))
}
