import type { Json, JsonObject } from '@copse/contracts'
import { plain } from './words.ts'

/**
 * A heuristic, and no more: labels that form a scale ("multiple indicators … confirmed", "some … suspected", "does not
 * support") are chosen by counting signals in the facts. Each kind of signal counts once, however many rows show it.
 * Three or more reach the top, one or two the middle, none the bottom. It answers only when every label has a level of
 * its own and the facts hold something that can be counted either way; otherwise words decide.
 */
export type Level = 'strong' | 'some' | 'none'

const scale: [Level, RegExp][] = [
  // first match wins: denial before doubt before certainty, since "not conclusive" holds "conclusive"
  [
    'none',
    /\b(?:false positive|(?:does|do|did) not support|no (?:evidence|indicators?|signs?|risk)|not supported|unfounded|legitimate|clean|cleared|low risk|low severity|falso positivo|sin indicios)\b/,
  ],
  [
    'some',
    /\b(?:some|not conclusive|inconclusive|suspected|possible|possibly|partial|unclear|ambiguous|mixed|medium|moderate|algunos?|sospecha|posible)\b/,
  ],
  [
    'strong',
    /\b(?:multiple|several|many|high|confirmed|conclusive|strong|clear|severe|critical|varios|confirmado|graves?)\b/,
  ],
]

const levelOf = (text: string): Level | undefined => scale.find(([, words]) => words.test(plain(text)))?.[0]

/** The label that the facts reach on the scale, or undefined when this is not a question of evidence. */
export function labelByEvidence(labels: { id: string; description: string }[], facts: JsonObject): string | undefined {
  const byLevel = new Map(labels.map((label) => [levelOf(label.description), label.id]))
  if (byLevel.has(undefined) || byLevel.size !== labels.length || labels.length < 2) return undefined
  const signals = signalsIn(facts)
  if (signals.seen === 0) return undefined
  const count = signals.kinds.size - signals.against
  if (count >= 3) return byLevel.get('strong')
  return count >= 1 ? byLevel.get('some') : byLevel.get('none')
}

interface Signals {
  /** Kinds of signal that speak for it. */
  kinds: Set<string>
  /** Grades that speak against it. */
  against: number
  /** Facts that could have spoken either way: without any there is nothing to count. */
  seen: number
}

const grade = /(?:severity|risk_level|risk|threat|confidence_level|gravedad|riesgo)$/
const score = /(?:^|_)(?:score|probability|likelihood|puntuacion)$/
const listOfSignals = /(?:indicator|anomal|red_flag|warning|signal|evidence|indicio)/
const signalKinds: [string, RegExp][] = [
  ['new', /(?:^|_)(?:new|unknown|unrecogni[sz]ed|unfamiliar)(?:_|$)/],
  ['flagged', /flagged|suspicious|sospechos/],
  ['mismatch', /mismatch|inconsistent|unusual|atypical/],
  ['failed', /failed|declined|blocked/],
  ['travel', /impossible_travel|geographic|multiple_locations/],
  ['velocity', /velocity|rapid/],
  ['compromised', /compromised|stolen|breach/],
]

function signalsIn(facts: JsonObject): Signals {
  const signals: Signals = { kinds: new Set(), against: 0, seen: 0 }
  const queue: { key: string; value: Json; depth: number }[] = entriesOf(facts, 0)
  for (let at = 0; at < queue.length && at < 5000; at++) {
    const entry = queue[at]
    if (!entry) break
    const { value, depth } = entry
    const key = plain(entry.key)
    if (Array.isArray(value)) {
      if (listOfSignals.test(key)) addListed(signals, value)
      queue.push(...value.map((item) => ({ key, value: item, depth: depth + 1 })).filter((one) => one.depth < 12))
    } else if (value !== null && typeof value === 'object') queue.push(...entriesOf(value, depth + 1))
    else weigh(signals, key, value)
  }
  return signals
}

const entriesOf = (value: JsonObject, depth: number) =>
  depth < 12 ? Object.entries(value).map(([key, item]) => ({ key, value: item, depth })) : []

function weigh(signals: Signals, key: string, value: Exclude<Json, object>): void {
  if (typeof value === 'string' && grade.test(key)) {
    signals.seen++
    if (/^(?:high|critical|severe|alto|alta|critico|critica)$/.test(plain(value))) signals.kinds.add(`grade:${key}`)
    if (/^(?:low|minor|none|bajo|baja)$/.test(plain(value))) signals.against++
  } else if (typeof value === 'number' && score.test(key)) {
    signals.seen++
    const percent = value <= 1 ? value * 100 : value
    if (percent >= 80) signals.kinds.add(`score:${key}`)
    if (percent < 40) signals.against++
  } else if (typeof value === 'boolean' || typeof value === 'number') {
    const kind = signalKinds.find(([, words]) => words.test(key))?.[0]
    if (kind === undefined) return
    signals.seen++
    if (value === true || (typeof value === 'number' && value > 0)) signals.kinds.add(kind)
  }
}

/** A list of indicators: each kind in it is one signal; "new_device_login" is the same kind as `is_new`. */
function addListed(signals: Signals, items: Json[]): void {
  signals.seen++
  for (const item of items) {
    const text = typeof item === 'string' ? item : Object.values(item ?? {}).find((one) => typeof one === 'string')
    if (typeof text !== 'string' || text === '') continue
    const name = plain(text).replaceAll(/[\s-]+/g, '_')
    signals.kinds.add(signalKinds.find(([, words]) => words.test(name))?.[0] ?? name)
  }
}
