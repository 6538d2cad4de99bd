import { is, subjectOf, verbPhrase } from '../titles.ts'
import type { Phrasebook } from './phrasebook.ts'

/** Things are given, stories are told. */
const ask = (asks: string): string =>
  `Could you ${/\b(?:what|when|where|which|how|if) /.test(asks) ? 'tell' : 'give'} me ${asks}?`

export const english: Phrasebook = {
  and: 'and',
  or: 'or',
  collect({ part, said }, asks) {
    if (part.outcome === 'no')
      return asks
        ? `Sorry, I didn't catch that. ${ask(asks)}`
        : "Sorry, I didn't catch that. Could you say it another way?"
    const question = asks ? ask(asks) : 'Could you tell me a little more?'
    if (said.length > 0 || part.outcome === 'ok') return question
    return is.trouble(part.title)
      ? `I'm sorry to hear there was a problem. ${question}`
      : `I'm happy to help with that. ${question}`
  },
  call: ({ part }) =>
    ({
      ok: '',
      no: is.lookup(part.title)
        ? "I'm sorry, I couldn't find a match for those details."
        : "I'm sorry, that wasn't possible.",
      unavailable: "I'm sorry, I can't reach our system at the moment.",
      uncertain: "That is still being processed. I've noted it, and we'll make sure it is done only once.",
      repeated: 'That had already been done, so nothing was done twice.',
    })[part.outcome ?? 'ok'],
  inform({ part }) {
    const subject = subjectOf(part.title)
    if (is.notFound(part.title))
      return `I'm sorry, I couldn't find ${subject ? `that ${subject}` : 'it'}. There may be a typo in the number, or it may be under other details.`
    if (is.denial(part.title))
      return `I'm sorry, ${subject ? `the ${subject}` : 'that'} isn't possible in this case${is.window(part.title) ? ' because it is too long ago' : ''}.`
    if (is.offer(part.title))
      return "I'm sorry about the trouble this has caused. I've noted down what happened, and I'd like to put it right with you."
    if (is.greeting(part.title)) return 'Hello! How can I help you today?'
    return ''
  },
  choose({ part }, options) {
    if (part.outcome === 'no') return `Sorry, I'm not sure which you meant. ${options}`.trim()
    return options
  },
  pause({ part }) {
    return part.outcome === 'no' ? "Sorry, I'm not sure I follow. Is that the right one – yes or no?" : 'Is that right?'
  },
  confirm({ part }) {
    const action = verbPhrase(part.title)
    const question = action ? `Shall I go ahead and ${action}?` : 'Shall I go ahead?'
    return part.outcome === 'no'
      ? `Sorry, I need a clear yes or no. ${question}`
      : `Just to be sure: ${question.charAt(0).toLowerCase()}${question.slice(1)}`
  },
  several: () => 'I found more than one match. Which one is it?',
  classify: () => 'I want to be sure I understand you. Which of these fits best?',
  handoff: (_scene, reference) =>
    `I'm passing this on to a colleague, who will get back to you.${reference ? ` Your reference is ${reference}.` : ''}`,
  unavailable: () => "I'm sorry, I can't reach our system at the moment.",
  fallback: ({ part }) =>
    part.options?.length
      ? "I'm not sure I understood. What can I help you with?"
      : "I'm sorry, I'm not able to help with that here. Could you put it another way?",
  apology: () => "I'm sorry, something went wrong on our side.",
  end: () => 'Thank you for getting in touch. If anything else comes up, just write to me here.',
}
