import { XmlRefusal } from './xml-refusal.ts'

const name = /[\p{L}_][\p{L}\p{M}\p{N}_.\u00B7-]*(?::[\p{L}_][\p{L}\p{M}\p{N}_.\u00B7-]*)?/uy
const blank = /\s+/y
const quoted = /"[^"<]*"|'[^'<]*'/y
const entity = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/y
const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

export function scan(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset
  return pattern.exec(text)?.[0]
}

/** Empty when no name stands there. */
export const nameAt = (source: string, offset: number): string => scan(name, source, offset) ?? ''

export function entityOf(source: string, offset: number): { value: string; length: number } {
  entity.lastIndex = offset
  const found = entity.exec(source)
  const point = found?.[1] ? Number(found[1]) : Number.parseInt(found?.[2] ?? '', 16)
  const value = found?.[3] ? entities[found[3]] : point <= 0x10ffff ? String.fromCodePoint(point) : undefined
  if (!found || value === undefined) {
    throw new XmlRefusal('`&` begins no entity that is known.', offset, 'Write &amp; for the sign.')
  }
  return { value, length: found[0].length }
}

interface Tag {
  attributes: { name: string; value: string }[]
  /** It has no content: `/>`. */
  isClosed: boolean
  end: number
}

/** What stands in a tag behind its name. */
export function readAttributes(source: string, start: number): Tag {
  const attributes: Tag['attributes'] = []
  const seen = new Set<string>()
  let at = start
  for (;;) {
    const space = scan(blank, source, at)?.length ?? 0
    at += space
    if (source.startsWith('/>', at)) return { attributes, isClosed: true, end: at + 2 }
    if (source[at] === '>') return { attributes, isClosed: false, end: at + 1 }
    if (at >= source.length) throw new XmlRefusal('This tag is not closed.', start)
    const key = nameAt(source, at)
    if (key === '' || space === 0) throw new XmlRefusal('This is no attribute.', at, 'Write name="value".')
    if (seen.has(key)) throw new XmlRefusal(`The attribute ${key} stands here twice.`, at, 'Remove one.')
    seen.add(key)
    at += key.length
    at += scan(blank, source, at)?.length ?? 0
    if (source[at] !== '=') throw new XmlRefusal(`The attribute ${key} has no value.`, at, 'Write name="value".')
    at += 1
    at += scan(blank, source, at)?.length ?? 0
    const value = scan(quoted, source, at)
    if (value === undefined) throw new XmlRefusal(`The value of ${key} is not in quotes.`, at, 'Write name="value".')
    attributes.push({ name: key, value: decoded(value.slice(1, -1), at + 1, source) })
    at += value.length
  }
}

function decoded(value: string, offset: number, source: string): string {
  if (!value.includes('&')) return value
  let result = ''
  for (let at = 0; at < value.length;) {
    if (value[at] !== '&') {
      const next = value.indexOf('&', at)
      const end = next < 0 ? value.length : next
      result += value.slice(at, end)
      at = end
    } else {
      const found = entityOf(source, offset + at)
      result += found.value
      at += found.length
    }
  }
  return result
}
