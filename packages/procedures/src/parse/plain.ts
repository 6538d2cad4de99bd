import { CST } from 'yaml'
import { maxValues, type Position, type Value } from './value.ts'

type At = (offset: number) => Position
type Token = CST.Token | null | undefined

/** YAML wants the colon within 1024 letters. */
const longestKey = 1_000

/**
 * Values straight from the tokens of a file that is sound and uses what nearly all files do. Undefined for any other, with
 * anchors, tags or anything out of place: then all of YAML is asked, at three times the cost, and says what is wrong.
 */
export function plainRoot(tokens: readonly CST.Token[], at: At): Value | undefined {
  const [document, more] = tokens.filter(({ type }) => type !== 'newline' && type !== 'comment' && type !== 'space')
  if (document?.type !== 'document' || more || !isQuiet(document.start, true)) return undefined
  return isQuiet(document.end) ? new Plain(at).value(document.value) : undefined
}

class Plain {
  #values = 0
  readonly #at: At

  constructor(at: At) {
    this.#at = at
  }

  value(token: Token): Value | undefined {
    if (!token || ++this.#values > maxValues) return undefined
    if (token.type === 'block-map') return this.#blockMap(token)
    if (token.type === 'block-seq') return this.#blockList(token)
    if (token.type === 'flow-collection') return this.#inBrackets(token)
    return isScalar(token) ? this.#scalar(token) : undefined
  }

  #scalar(token: CST.FlowScalar | CST.BlockScalar): Value | undefined {
    const value = valueOf(token)
    if (value === undefined) return undefined
    const { line, column } = this.#at(token.offset)
    const isFolded = token.type === 'block-scalar' || token.source.includes('\n')
    const textOffset = isFolded ? undefined : token.type === 'scalar' ? 0 : 1
    return { kind: 'scalar', value, textOffset, line, column }
  }

  #blockMap({ items, offset, indent }: CST.BlockMap): Value | undefined {
    const entries: Entries = new Map()
    for (const [index, { start, key, sep, value }] of items.entries()) {
      if (!isQuiet(start, true)) return undefined
      // Blank lines and comments below the last key.
      if (!key && !sep && index === items.length - 1) break
      if (!key || !('indent' in key) || key.indent !== indent) return undefined
      if (value?.type === 'block-map' && !sep.some(({ type }) => type === 'newline')) return undefined
      if (!this.#entry(entries, key, sep, value)) return undefined
    }
    return { kind: 'map', entries, ...this.#at(offset) }
  }

  #blockList({ items, offset }: CST.BlockSequence): Value | undefined {
    const list: Value[] = []
    for (const [index, { start, value }] of items.entries()) {
      const dash = start.findIndex(({ type }) => type === 'seq-item-ind')
      if (dash < 0 && !value && index === items.length - 1 && isQuiet(start, true)) break
      if (dash < 0 || !isQuiet(start.slice(0, dash), true) || !isQuiet(start.slice(dash + 1))) return undefined
      const item = this.value(value)
      if (!item) return undefined
      list.push(item)
    }
    return { kind: 'list', items: list, ...this.#at(offset) }
  }

  #inBrackets({ start: opening, items, end: [closing, ...end], offset }: CST.FlowCollection): Value | undefined {
    const isMap = opening.source === '{'
    if (closing?.source !== (isMap ? '}' : ']') || !isQuiet(end)) return undefined
    const entries: Entries = new Map()
    const list: Value[] = []
    for (const [index, { start, key, sep, value }] of items.entries()) {
      const comma = start.findIndex(({ type }) => type === 'comma')
      if (!isQuiet(start.slice(0, Math.max(comma, 0))) || !isQuiet(start.slice(comma + 1))) return undefined
      if (index === 0 && comma >= 0) return undefined
      // White space, or a comma, behind the last one.
      if (!key && !sep && !value && index === items.length - 1) break
      if ((index > 0 && comma < 0) || value?.type === 'block-map' || value?.type === 'block-seq') return undefined
      if (isMap) {
        if (!key || !sep || !this.#entry(entries, key, sep, value)) return undefined
        continue
      }
      const item = key || sep ? undefined : this.value(value)
      if (!item) return undefined
      list.push(item)
    }
    const place = this.#at(offset)
    return isMap ? { kind: 'map', entries, ...place } : { kind: 'list', items: list, ...place }
  }

  /** Whether it could be put there. */
  #entry(entries: Entries, key: CST.Token, [colon, ...rest]: CST.SourceToken[], token: Token): boolean {
    if (!isScalar(key) || key.type === 'block-scalar' || key.end || key.source.length > longestKey) return false
    if (key.source.includes('\n') || colon?.type !== 'map-value-ind' || !isQuiet(rest)) return false
    const name = valueOf(key)
    if (name === undefined || name === '__proto__' || entries.has(String(name))) return false
    const place = this.#at(key.offset)
    const value = this.value(token)
    if (value) entries.set(String(name), { key: place, value })
    return value !== undefined
  }
}

type Entries = Map<string, { key: Position; value: Value }>

const isScalar = (token: CST.Token): token is CST.FlowScalar | CST.BlockScalar =>
  token.type !== 'alias' && CST.isScalar(token)

/** Nothing but blanks and comments, each comment apart from what stands before it. Tabs are looked at by others. */
function isQuiet(tokens: readonly CST.SourceToken[] = [], isNewLine = false): boolean {
  let isApart = isNewLine
  for (const { type, source } of tokens) {
    if (type === 'comment' ? !isApart : type !== 'newline' && (type !== 'space' || source.includes('\t'))) return false
    isApart = type !== 'comment'
  }
  return true
}

/** Undefined for what is not sound, or needs to be looked at more closely. */
function valueOf(token: CST.FlowScalar | CST.BlockScalar): string | number | boolean | null | undefined {
  if (token.type !== 'block-scalar' && !isQuiet(token.end)) return undefined
  let isSound = true
  const resolved = CST.resolveAsScalar(token, true, () => (isSound = false))
  if (!isSound || !resolved) return undefined
  return token.type === 'scalar' ? plainValue(resolved.value) : resolved.value
}

function plainValue(text: string): string | number | boolean | null | undefined {
  if (/^[^-+.~\dnNtTfF]/.test(text)) return text
  if (/^[-+]?\d{1,15}$/.test(text)) return Number(text)
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  // Empty, null in all spellings, and other kinds of numbers.
  return /^(?:~|null|0[ox][\da-f]+|[-+]?\.?\d[\d.]*(?:e[-+]?\d+)?|[-+]?\.(?:inf|nan))?$/i.test(text) ? undefined : text
}
