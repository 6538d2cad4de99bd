import type { WritePart, WriteTask } from '../provider.ts'
import { askFor, ofSeveral } from './asks.ts'
import { askToChoose, join } from './options.ts'
import { english } from './phrases/en.ts'
import { spanish } from './phrases/es.ts'
import type { Phrasebook, Scene } from './phrases/phrasebook.ts'
import { is } from './titles.ts'

/**
 * One message out of the parts, in order: the author's literal text where there is one, else a built-in sentence for
 * the action and its outcome. '' when there is nothing to say. Instructions are never shown.
 */
export function writeOffline({ language, parts, facts }: WriteTask): string {
  const tongue = /^es\b/i.test(language) ? 'es' : 'en'
  const said: string[] = []
  for (const [index, part] of parts.entries()) {
    if (isToldNext(part, parts[index + 1])) continue
    const own = part.text?.trim() ?? ''
    const text = own || withoutSecondApology(builtIn({ part, said, facts }, tongue), said)
    if (text !== '' && !said.some((before) => before.includes(text))) said.push(text)
  }
  return said.join(' ')
}

/** A failed search that the next step tells anyway ("Order Not Found") is told once. */
const isToldNext = (part: WritePart, next: WritePart | undefined): boolean =>
  part.action === 'call' &&
  part.outcome === 'no' &&
  !part.text &&
  next !== undefined &&
  (is.notFound(next.title) || is.denial(next.title))

/** One "I'm sorry" a message is polite, two are a machine. */
function withoutSecondApology(text: string, said: string[]): string {
  const rest = text.replace(/^(?:I'm sorry|Sorry|Lo siento|Disculpe), /, '')
  const again = rest !== text && said.some((before) => /\b(?:sorry|siento|disculpe)\b/i.test(before))
  return again ? rest.charAt(0).toUpperCase() + rest.slice(1) : text
}

function builtIn(scene: Scene, tongue: 'en' | 'es'): string {
  const book = tongue === 'es' ? spanish : english
  const { part, said } = scene
  // "ask_again" is "ask" after an answer that was not understood
  if (part.action.endsWith('_again'))
    return builtIn({ ...scene, part: { ...part, action: part.action.slice(0, -6), outcome: 'no' } }, tongue)
  switch (part.action) {
    case 'collect':
    case 'ask':
      return book.collect(scene, asksOf(part, tongue, book))
    case 'call':
      return book.call(scene)
    case 'say':
    case 'inform':
    case 'choose':
      // asked again: the choice, not the whole story
      return [
        part.outcome === 'no' ? '' : book.inform(scene),
        part.options?.length ? book.choose(scene, askToChoose(part.options, tongue)) : '',
      ]
        .filter((text) => text !== '')
        .join(' ')
    case 'pause':
      return book.pause(scene)
    case 'confirm':
      return book.confirm(scene)
    case 'several':
      return book.several(scene)
    case 'classify':
      return part.options?.length ? book.classify(scene) : ''
    case 'handoff': {
      const reference = scene.facts['case_id']
      const isNews = typeof reference === 'string' && !said.some((before) => before.includes(reference))
      return book.handoff(scene, isNews ? reference : undefined)
    }
    case 'unavailable':
      return book.unavailable(scene)
    case 'fallback':
      return book.fallback(scene)
    case 'apology':
      return book.apology(scene)
    case 'end':
      return book.end(scene)
    default:
      // a step of a new kind without `say` stays silent rather than say something untrue
      return ''
  }
}

/** All that is asked for, with "or" only between what any one of is enough. */
function asksOf({ asks = [], asksAny = [] }: WritePart, tongue: 'en' | 'es', book: Phrasebook): string {
  const named = (titles: string[]): string[] => [...new Set(titles.map((title) => askFor(title, tongue)))]
  const groups = asksAny.map((any) => join(named(any), ` ${book.or} `))
  const all = join([...new Set([...named(asks), ...groups])], ` ${book.and} `)
  return asks.length + asksAny.flat().length > 1 ? ofSeveral(all, tongue) : all
}
