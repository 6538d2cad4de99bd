/** Options shown as buttons or numbers below the text: the text asks for a choice and names them where that reads well. */
const verb =
  /^(?:try|escalate|cancel|speak|talk|get|keep|change|check|wait|call|contact|continue|go|start|stop|send|use|choose|pick|book|buy|ask|put|have|leave|go|file|freeze|watch|clear)\b/i
const yielding = /\b(?:accepts?|agrees?|satisfied|happy)\b/i
const escalating = /\b(?:escalat\w*|supervisor|manager|unsatisfied|dissatisfied)\b/i

const english = {
  which: 'What would you like to do?',
  agree: 'Would that be all right for you, or would you rather speak with a supervisor?',
  act: (list: string) => `Would you like to ${list}?`,
  prefer: (list: string) => `Would you prefer ${list}?`,
  or: ' or ',
}
const spanish: typeof english = {
  which: '¿Qué prefiere?',
  agree: '¿Le parece bien, o prefiere hablar con un supervisor?',
  act: (list) => `¿Qué prefiere: ${list}?`,
  prefer: (list) => `¿Qué prefiere: ${list}?`,
  or: ' o ',
}

/** Too long to stand in a sentence of ours. */
const isPhrase = (option: string): boolean => option.split(/\s+/).length > 3 || option.includes(',')

export function askToChoose(options: readonly string[], language: 'en' | 'es'): string {
  const words = language === 'es' ? spanish : english
  if (options.length === 0) return words.which
  const [first = '', second = ''] = options
  if (options.length === 2 && yielding.test(first) && escalating.test(second)) return words.agree
  if (options.length > 3 || options.some(isPhrase)) return words.which
  const names = options.map((option) =>
    /^[A-Z][a-z]/.test(option) ? option.charAt(0).toLowerCase() + option.slice(1) : option,
  )
  const list = join(names, words.or)
  if (options.every((option) => verb.test(option))) return words.act(list)
  return options.some((option) => verb.test(option)) ? words.which : words.prefer(list)
}

export const join = (items: readonly string[], last: string): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')}${last}${items.at(-1)}`
