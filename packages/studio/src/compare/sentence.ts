import type { Json, JsonObject } from '@copse/contracts'
import { isObject, targets } from '../read/outline.ts'
import type { Difference } from './changes.ts'

/** What a change is about, what a reviewer must see first. */
export const weights = ['effects', 'decisions', 'steps', 'asking', 'words', 'notes'] as const
export type Weight = (typeof weights)[number]

const weightOf: Record<string, Weight> = {
  id: 'decisions',
  tools: 'effects',
  confirm: 'effects',
  conditions: 'decisions',
  classify: 'decisions',
  fields: 'decisions',
  triggers: 'decisions',
  trigger_intents: 'decisions',
  outcome: 'decisions',
  action: 'decisions',
  say: 'words',
  ask: 'words',
  label: 'words',
  title: 'words',
  name: 'notes',
  version: 'notes',
  description: 'notes',
  condition_description: 'notes',
  domain: 'notes',
  instruction: 'words',
  source: 'notes',
}

/** What is said about one difference in a step (or in what stands above the steps, whose subject is the procedure). */
export function sentenceOf(subject: string, difference: Difference): { weight: Weight; text: string } {
  const { path } = difference
  const words = path.filter((part) => typeof part === 'string')
  const known = [...words.toReversed(), ...words].find((word) => targets.has(word) || Object.hasOwn(weightOf, word))
  const weight = known === undefined ? 'asking' : targets.has(known) ? 'decisions' : weightOf[known]!
  // The name of an operation is more than a note.
  const isOperation = words[0] === 'tools'
  return { weight: isOperation ? 'effects' : weight, text: `${subject}: ${changeOf(difference, words)}` }
}

function changeOf(difference: Difference, words: string[]): string {
  const { before, after, within } = difference
  const last = words.at(-1) ?? ''
  const where = whereOf(words, within)
  if (difference.isOrder) return `${where}come in the order ${titlesOf(after)} instead of ${titlesOf(before)}`
  if (targets.has(last))
    return `${words.length > 1 ? where.replace(` ${last} `, ' ') : where}leads to ${shown(after)} instead of ${shown(before)}`
  if (last === 'condition' || last === 'guard_condition' || last === 'success_when')
    return conditionChange(where, before, after)
  if (before === undefined) return `${where}now has ${itemOf(after)}`
  if (after === undefined) return `${where}no longer has ${itemOf(before)}`
  return `${where}is ${shown(after)} instead of ${shown(before)}`
}

/** `options "Store credit", label en: `; nothing where the subject says it all. */
function whereOf(words: string[], within: readonly JsonObject[]): string {
  const items = within.map((item) => titleOf(item)).filter((title) => title !== '')
  const [first, ...rest] = words
  const parts = [`${first ?? ''}${items.length > 0 ? ` ${items.join(', ')}` : ''}`, ...rest]
  return `${parts.filter(Boolean).join(' ')} `
}

/** A number that changed says more than two conditions side by side. */
function conditionChange(where: string, before: Json | undefined, after: Json | undefined): string {
  const [old = [], now = []] = [before, after].map((one) => shown(one).match(/\d+(?:\.\d+)?|[\w.]+|\S/g) ?? [])
  const different = old.flatMap((token, index) => (token === now[index] ? [] : [[token, now[index] ?? ''] as const]))
  const isNumbers = old.length === now.length && different.every((pair) => pair.every((token) => /^\d/.test(token)))
  const numbers = isNumbers ? `${different.map(([a, b]) => `${a} -> ${b}`).join(', ')}: ` : ''
  return `${where.replace(/ condition $/, ' ')}${numbers}${shown(after)} instead of ${shown(before)}`
}

const titlesOf = (json: Json | undefined): string =>
  (Array.isArray(json) ? json : []).map((item) => (isObject(item) && titleOf(item)) || shown(item)).join(', ')

/** What an item of a list goes by. */
export function titleOf(item: JsonObject): string {
  const { id, key, label, name, param, condition_description: described, next_step: next, after } = item
  const title =
    id ?? key ?? (isObject(label) ? Object.values(label)[0] : label) ?? name ?? param ?? described ?? next ?? after
  return title === undefined ? '' : shown(title)
}

function itemOf(json: Json | undefined): string {
  if (Array.isArray(json) && json.length > 0 && !json.some((item) => typeof item === 'object'))
    return json.map(shown).join(', ')
  if (!isObject(json)) return shown(json)
  const { next_step: next, condition } = json
  const title = titleOf(json) || shown(json)
  const holds = condition === undefined ? '' : `: ${shown(condition)}`
  return `${title}${holds}${typeof next === 'string' && title !== quoted(next) ? `, which leads to ${next}` : ''}`
}

function shown(json: Json | undefined): string {
  if (json === undefined || json === null) return 'nothing'
  if (typeof json === 'string') return /^[\w$-]+(?:\.[\w$-]+)*$/.test(json) ? json : quoted(json)
  return cut(JSON.stringify(json))
}

const quoted = (text: string): string => `"${cut(text.replaceAll(/\s+/g, ' '))}"`
const cut = (text: string): string => (text.length > 140 ? `${text.slice(0, 139)}…` : text)
