import { existsSync, globSync, readFileSync } from 'node:fs'

const folder = new URL('../../packages/engine/src/nodes/', import.meta.url)

/** What the file of a node says about it, in its comments. */
export interface NodeSource {
  /** Paragraphs before the table. */
  summary: string[]
  /** What it answers, by what its child, or the world, answers. */
  statuses: { when: string; answer: string }[]
  /** By config key. */
  keys: ReadonlyMap<string, string>
  /** Text of the example beside it. */
  example: string | undefined
}

/** By op. */
export function readNodes(): Map<string, NodeSource> {
  const found = new Map<string, NodeSource>()
  for (const file of globSync('*/*.ts', { cwd: folder, exclude: (name) => name.endsWith('.test.ts') })) {
    const text = readFileSync(new URL(file, folder), 'utf8')
    for (const [, comment, op] of text.matchAll(definition)) {
      const beside = new URL(`${file.slice(0, file.indexOf('/'))}/${op!}.example.yaml`, folder)
      const example = existsSync(beside) ? readFileSync(beside, 'utf8') : undefined
      found.set(op!, { ...parseComment(comment!), keys: keysOf(text), example })
    }
  }
  return found
}

/** A comment, the definition under it, and its op, with no other comment in between. */
const definition = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const \w+(?:(?!\/\*\*)[\s\S])*?\bop: '([^']+)'/g

/** The last paragraph with an arrow is the table: `this → that · those → that`. */
function parseComment(comment: string): Pick<NodeSource, 'summary' | 'statuses'> {
  const paragraphs = comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
    .join('\n')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll('\n', ' ').trim())
    .filter((paragraph) => paragraph !== '')
  const table = paragraphs.findLastIndex((paragraph) => paragraph.includes('→'))
  const statuses: NodeSource['statuses'] = []
  for (const entry of paragraphs[table]?.split(' · ') ?? []) {
    const arrow = entry.indexOf('→')
    const last = statuses.at(-1)
    if (arrow >= 0) statuses.push({ when: entry.slice(0, arrow).trim(), answer: entry.slice(arrow + 1).trim() })
    else if (last !== undefined) last.answer += `; ${entry}`
  }
  return { summary: paragraphs.filter((_, position) => position !== table), statuses }
}

/** What stands above the keys of schemas. */
function keysOf(text: string): Map<string, string> {
  const keys = new Map<string, string>()
  for (const [, comment, key] of text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+): (?=z\.|\w+[,.\s(])/g)) {
    const line = comment!.replaceAll(/\s*\n\s*\* ?/g, ' ').trim()
    keys.set(key!, line)
  }
  return keys
}
