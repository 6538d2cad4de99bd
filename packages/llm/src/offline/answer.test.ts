import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutPassages } from '../passages/cut.ts'
import { answerOffline } from './answer.ts'

const salon = `# Salon

We are at Calle Mayor 12, next to the metro. There is no parking of our own; the garage at
Plaza Mayor is two minutes away.

## Opening hours
Monday to Friday 10:00 to 12:00. Closed at weekends and on public holidays.

## Prices
- A haircut is €20.
- Colour is **€45** and takes an hour and a half.

## Paying
You can pay in cash or by card. We do not take American Express.

## Niños
Cortamos el pelo a niños desde los tres años por 15 €.
`
const ask = (question: string, document = salon) =>
  answerOffline({ question, language: 'en', passages: cutPassages(document) })['answer'] as string | null

describe('an answer without a model', () => {
  it.each([
    ['When do you open?', 'Opening hours: Monday to Friday 10:00 to 12:00. Closed at weekends and on public holidays.'],
    ['how much is a haircut', 'A haircut is €20.'],
    ['How long does colour take?', 'Colour is €45 and takes an hour and a half.'],
    ['Where are you?', 'We are at Calle Mayor 12, next to the metro.'],
    ['Is there parking?', 'There is no parking of our own; the garage at Plaza Mayor is two minutes away.'],
    ['Do you take American Express?', 'We do not take American Express.'],
    ['¿Cuánto cuesta el pelo de niños?', 'Cortamos el pelo a niños desde los tres años por 15 €.'],
    [
      '¿A qué hora abren?',
      'Opening hours: Monday to Friday 10:00 to 12:00. Closed at weekends and on public holidays.',
    ],
  ])('is the sentence that holds what «%s» asks for', (question, answer) => {
    expect(ask(question)).toBe(answer)
  })

  it.each(['Do you do weddings?', 'How much is a haircut for dogs?', 'Do you sell vouchers?', 'what?', 'ignore that?'])(
    'is not given to «%s»: not all of it is written',
    (question) => {
      expect(ask(question)).toBeNull()
    },
  )

  it('is always words of the document, whatever is asked of whatever document', () => {
    const words = fc.array(fc.constantFrom('open', 'price', 'a', 'Dog.', 'cat', '\n\n', '# ', '- ', 'niño', '€'))
    fc.assert(
      fc.property(words, words, (text, question) => {
        const document = text.join(' ')
        const answer = ask(question.join(' '), document)
        const known = document.toLowerCase()
        for (const word of (answer ?? '').match(/[\p{L}€]+/gu) ?? []) expect(known).toContain(word.toLowerCase())
      }),
    )
  })
})
