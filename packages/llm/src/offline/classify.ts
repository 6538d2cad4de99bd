import type { Json } from '@copse/contracts'
import type { ClassifyRequest } from '../provider.ts'
import { labelByEvidence } from './evidence.ts'
import { stopWords } from './stop-words.ts'
import { topicsOfLabel, topicsOfMessage } from './topics.ts'
import { findPhrase, wordsOf, type Word } from './words.ts'

type Choice = Pick<ClassifyRequest, 'text' | 'labels' | 'facts'>

const weights = { keyword: 2, topic: 1.5, word: 1, id: 0.5 }
/** Below this nothing was recognised. */
const floor = 1
/** The second best must stay below this share of the best, or the message fits both. */
const margin = 0.75

/**
 * One of the labels' ids, or `none`. Labels that form a scale of evidence are decided by the facts; others by the words,
 * keywords and topics they share with the message and with what the customer told before. What all labels have in
 * common decides nothing.
 */
export function classifyOffline({ text, labels, facts }: Choice): string {
  return labelByEvidence(labels, facts) ?? labelByWords({ text, labels, facts })
}

function labelByWords({ text, labels, facts }: Choice): string {
  const said = wordsOf([text, ...told(facts)].join('\n').slice(0, 8_000))
  const sides = labels.map((label) => ({
    label,
    stems: stemsOf(label.description),
    topics: topicsOfLabel(label.description),
  }))
  const rarity = (holds: (side: (typeof sides)[number]) => boolean): number =>
    sides.length === 1 ? 1 : 1 - (sides.filter(holds).length - 1) / (sides.length - 1)
  const topics = topicsOfMessage(said)
  const stems = new Set(said.filter((word) => isTelling(word)).map((word) => word.stem))
  const scored = sides
    .map(({ label, stems: own, topics: about }) => {
      const keywords = (label.keywords ?? []).filter((keyword) => findPhrase(said, keyword).length > 0)
      const shared = [...own].filter((stem) => stems.has(stem))
      const ids = [...stemsOf(label.id)].filter((stem) => stems.has(stem) && !own.has(stem))
      const common = [...about].filter((topic) => topics.has(topic))
      const score =
        weights.keyword * keywords.length +
        weights.word * sum(shared.map((stem) => rarity((side) => side.stems.has(stem)))) +
        weights.topic * sum(common.map((topic) => rarity((side) => side.topics.has(topic)))) +
        weights.id * ids.length
      return { id: label.id, score }
    })
    .sort((a, b) => b.score - a.score)
  const [best, second] = scored
  if (!best || best.score < floor) return 'none'
  return second && second.score > best.score * margin ? 'none' : best.id
}

/** Collected fields are what the customer said; results of tools are records, whose words are nobody's opinion. */
const told = (facts: Record<string, Json>): string[] =>
  Object.values(facts).filter((value): value is string => typeof value === 'string')

/** In nearly every message of a business: sharing them with a label says nothing. */
const vague = new Set(
  wordsOf(
    'order item product thing store shop purchase customer request question handle case pedido producto cliente',
  ).map((word) => word.stem),
)

const isTelling = (word: Word): boolean => word.plain.length > 2 && !stopWords.has(word.plain) && !vague.has(word.stem)
const stemsOf = (text: string): Set<string> =>
  new Set(
    wordsOf(text.replaceAll('_', ' '))
      .filter((word) => isTelling(word))
      .map((word) => word.stem),
  )
const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0)
