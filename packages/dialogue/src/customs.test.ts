import { describe, expect, it } from 'vitest'
import { talkTo } from './testing/compiled.ts'

const open = (globals: string) =>
  talkTo(
    `copse: 1
procedure:
  id: repair
  triggers: [repair]
  globals: ${globals}
  steps:
    - id: ask_model
      action: collect_info
      say: {en: Which model is it?}
      extract_fields: [{key: model, title: model, description: Model, examples: [MOD-100]}]
      required_fields: [model]
      next_step: pick_up
    - id: pick_up
      action: inform
      say: {en: Shall we pick it up?}
      options: [{label: Please do, next_step: done}, {label: I bring it, next_step: done}]
    - id: done
      action: end
      say: {en: Thank you.}
`,
    [],
  )

async function at(globals: string, ...messages: string[]) {
  const talk = open(globals)
  await talk.say('repair')
  let last = await talk.say('MOD-100')
  for (const message of messages) last = await talk.say(message)
  return last
}

describe('what customers can always say, in the author’s words', () => {
  it('is said as the author says it, with what is known', async () => {
    const heard = await at('{cancel: {say: {en: "{{model}} stays broken, then."}}}', 'forget it')
    expect(heard).toMatchObject({ outcome: 'cancelled', text: 'MOD-100 stays broken, then.' })
  })

  it('is known by more words', async () => {
    expect(await at('{cancel: {words: [I have had it]}}', 'I have had it')).toMatchObject({ outcome: 'cancelled' })
    expect(await at('{person: {words: [the boss]}}', 'get me the boss now')).toMatchObject({ status: 'escalated' })
    expect(await at('{corrections: {words: [dommage]}}', 'dommage, MOD-200')).toMatchObject({
      text: expect.stringContaining('model: MOD-200'),
    })
  })

  it('tells who asks for a person what the author says', async () => {
    expect(await at('{person: {say: {en: I fetch somebody.}}}', 'I want to talk to a person')).toMatchObject({
      status: 'escalated',
      text: 'I fetch somebody.',
    })
  })

  it.each([
    ['cancel', 'forget it'],
    ['repeat', 'what did you say?'],
    ['person', 'I want to talk to a person'],
    ['forget', 'delete my data'],
    ['corrections', 'no, I meant MOD-200'],
  ])('can be switched off: %s', async (name, message) => {
    const heard = await at(`{${name}: off}`, message)
    expect(heard).toMatchObject({ step: 'pick_up', status: 'waiting', decided: { option: null } })
    expect(heard.handoffs).toEqual([])
  })
})
