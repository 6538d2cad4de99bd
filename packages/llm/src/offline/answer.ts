import type { JsonObject } from '@copse/contracts'
import { sentencesOf, type Passage } from '../passages/cut.ts'
import { indexPassages, stemsOf, wantedBy } from '../passages/search.ts'
import type { AnswerTask } from '../provider.ts'

/** Below this share of what was asked, a passage is about something else. */
const floor = 0.6
/** What is quoted whole under its heading, in characters. */
const shortEnough = 300

/**
 * The sentence that answers, as it is written; `answer` is null where nothing clearly does. It finds words, not
 * meanings: rather silent than wrong.
 */
export function answerOffline({ question, passages }: AnswerTask): JsonObject {
  const [best] = indexPassages(passages).find(question)
  if (!best || best.share < floor) return { answer: null, passages: [] }
  return { answer: quote(best.passage, wantedBy(question)), passages: [passages.indexOf(best.passage) + 1] }
}

function quote({ headings, text }: Passage, wanted: readonly string[][]): string {
  const hits = (part: string): number => {
    const stems = stemsOf(part)
    return wanted.filter((alternatives) => alternatives.some((one) => stems.has(one))).length
  }
  const heading = headings.at(-1) ?? ''
  const sentences = sentencesOf(text)
  const most = Math.max(...sentences.map(hits))
  const isSaid = hits(heading) < most || (sentences.length === 1 && most > 0)
  if (isSaid)
    return sentences
      .filter((one) => hits(one) === most)
      .slice(0, 3)
      .join(' ')
  // What only the heading says is read with it.
  const said = text.length <= shortEnough ? sentences.join(' ') : (sentences[0] ?? '')
  return heading === '' ? said : `${heading}: ${said}`
}
