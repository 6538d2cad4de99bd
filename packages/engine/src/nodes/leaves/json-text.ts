/** Where a text stops being JSON, counted from 1, and what is there instead. */
export interface TextFault {
  line: number
  column: number
  found: string
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const escaped = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y
const word = /true|false|null/y
const space = /[ \t\n\r]*/y

/** How deep lists and objects stand within each other. */
export function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (isQuoted && char === '\\') at++
    else if (char === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth)
    else if (char === ']' || char === '}') depth--
  }
  return deepest
}

/** For a text that is no JSON, since engines do not agree on how to say where. Reads on as long as it could be. */
export function faultIn(text: string): TextFault {
  const at = stopOf(text)
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const column = at - before.lastIndexOf('\n')
  return { line, column, found: foundAt(text, at) }
}

function foundAt(text: string, at: number): string {
  const point = text.codePointAt(at)
  return point === undefined ? 'the end' : JSON.stringify(String.fromCodePoint(point))
}

/** What is allowed next. */
type Wanted = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | 'more'

function stopOf(text: string): number {
  const open: ('[' | '{')[] = []
  let wanted: Wanted = 'value'
  let at = past(space, text, 0)
  while (at < text.length) {
    const char = text[at]!
    if (wanted === 'more') {
      const inside = open.at(-1)
      if (char === ',' && inside !== undefined) wanted = inside === '[' ? 'value' : 'key'
      else if (inside !== undefined && char === closing[inside]) open.pop()
      else return at
      at++
    } else if (wanted === ':') {
      if (char !== ':') return at
      wanted = 'value'
      at++
    } else if ((char === ']' && wanted === 'value or ]') || (char === '}' && wanted === 'key or }')) {
      open.pop()
      wanted = 'more'
      at++
    } else if (wanted === 'key' || wanted === 'key or }') {
      const end = char === '"' ? pastString(text, at) : -at
      if (end <= 0) return -end
      wanted = ':'
      at = end
    } else if (char === '[' || char === '{') {
      open.push(char)
      wanted = char === '[' ? 'value or ]' : 'key or }'
      at++
    } else {
      const end = char === '"' ? pastString(text, at) : past(/[-\d]/.test(char) ? number : word, text, at)
      if (end <= 0 || end === at) return Math.abs(end)
      wanted = 'more'
      at = end
    }
    at = past(space, text, at)
  }
  return at
}

const closing = { '[': ']', '{': '}' }

/** Below zero: where it stops being a string. */
function pastString(text: string, from: number): number {
  let at = from + 1
  for (; at < text.length && text[at] !== '"'; at++) {
    if (text[at]! < ' ') return -at
    if (text[at] !== '\\') continue
    const end = past(escaped, text, at)
    if (end === at) return -at
    at = end - 1
  }
  return at < text.length ? at + 1 : -at
}

function past(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : from
}
