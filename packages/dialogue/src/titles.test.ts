import { expect, test } from 'vitest'
import { talkTo } from './testing/compiled.ts'

/** Its fields and kinds have names in two languages. */
const visit = `copse: 1
procedure:
  id: visit
  triggers: [visit]
  steps:
    - id: ask
      action: collect_info
      say: {en: Which day and how many?, es: ¿Qué día y cuántos?}
      extract_fields:
        - {key: day, title: {en: day of the visit, es: día de la visita}, type: date}
        - {key: people, title: {en: number of people, es: número de personas}, type: integer}
      required_fields: [day, people]
      next_step: check
    - id: check
      action: confirm
      fields: [day, people]
      next_step: kind
    - id: kind
      action: evaluate
      say: {en: What is it about?, es: ¿De qué se trata?}
      classify:
        labels:
          - {description: {en: A guided tour, es: Una visita guiada}, keywords: [guide], next_step: tour}
          - {description: {en: A birthday, es: Un cumpleaños}, keywords: [cake], next_step: party}
      else: end
    - {id: tour, action: end, say: {en: A tour., es: Una visita.}}
    - {id: party, action: end, say: {en: A party., es: Una fiesta.}}
`
const now = Date.UTC(2026, 10, 21, 12)

test('what a field is called is said, and understood, in the language of the customer', async () => {
  const talk = talkTo(visit, [], { now, language: 'es' })
  await talk.say('visit')
  expect((await talk.say('hm')).text).toContain('día de la visita')
  expect((await talk.say('2026-12-04, 12 personas')).text).toContain('número de personas: 12')
  const corrected = await talk.say('no, el número de personas es 14')
  expect(corrected.text).toContain('número de personas: 14')
})

test('what a model could not tell is offered in the language of the customer, and taken by its title', async () => {
  const talk = talkTo(visit, [], { now, language: 'es' })
  await talk.say('visit')
  await talk.say('2026-12-04, 12 personas')
  expect((await talk.say('sí')).options).toEqual(['Una visita guiada', 'Un cumpleaños'])
  expect((await talk.say('un cumpleaños')).text).toBe('Una fiesta.')
})

test('who speaks a language without a title reads the one of the procedure', async () => {
  const talk = talkTo(visit, [], { now, language: 'en' })
  await talk.say('visit')
  expect((await talk.say('hm')).text).toContain('day of the visit')
  await talk.say('2026-12-04, 12 people')
  expect((await talk.say('yes')).options).toEqual(['A guided tour', 'A birthday'])
})
