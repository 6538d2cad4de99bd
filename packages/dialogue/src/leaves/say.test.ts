import { expect, test } from 'vitest'
import { leaf, openTalk, procedure, sequence } from '../testing/talk.ts'

test('a file that is sent with words is named by the data, and where files cannot be shown its address is said', async () => {
  const photo = { type: 'image', link: 'https://shop.example/{{case_id}}.jpg' }
  const shown = sequence(leaf('say', { say: { en: 'This one.' }, media: [photo] }), {
    ...leaf('say', { say: { en: 'In red.' } }),
    name: 'and',
  })
  const talk = openTalk({ procedures: [procedure('show', { show: { node: shown, exits: { success: 'end' } } })] })
  expect((await talk.say('show')).text).toMatch(/^This one\. In red\.\nhttps:\/\/shop\.example\/CASE-\w{8}\.jpg$/)
})
