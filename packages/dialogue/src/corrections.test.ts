import type { JsonObject, OperationOutcome } from '@copse/contracts'
import { createScriptedProvider } from '@copse/llm/testing'
import { describe, expect, it } from 'vitest'
import { show } from './say/template.ts'
import { talkTo } from './testing/compiled.ts'

const text = { type: 'string' as const, required: true }
const ok = (data: JsonObject = {}): OperationOutcome => ({ status: 'ok', data })

/** A workshop: what a repair costs depends on the model, what it is paid with on nothing. */
const workshop = `copse: 1
procedure:
  id: repair
  triggers: [repair]
  steps:
    - id: ask_model
      action: collect_info
      say: {en: Which model is it?}
      extract_fields: [{key: model, title: model, description: Model, examples: [MOD-100]}]
      required_fields: [model]
      next_step: ask_mail
    - id: ask_mail
      action: collect_info
      say: {en: What is your address?}
      extract_fields: [{key: email, title: e-mail, type: email}]
      required_fields: [email]
      next_step: pick_up
    - id: pick_up
      action: inform
      say: {en: Shall we pick it up?}
      options:
        - {label: Yes please, detection_keywords: ["yes"], next_step: note}
        - {label: "No, I bring it", detection_keywords: ["no"], next_step: note}
    - id: note
      action: tool_call
      tools: [{name: note_address, arg_mappings: [{param: email, source: email}]}]
      on_success: price
    - id: price
      action: tool_call
      tools: [{name: get_price, arg_mappings: [{param: model, source: model}]}]
      on_success: judge
    - id: judge
      action: evaluate
      conditions: [{condition: offer.total > 100, next_step: dear}]
      else: cheap
    - id: dear
      action: inform
      say: {en: "It costs {{offer.total}}, which is a lot. Go on?"}
      options:
        - {label: Go on, detection_keywords: [go on, "yes"], next_step: book}
        - {label: Stop there, detection_keywords: [stop there, "no"], next_step: done}
    - id: cheap
      action: inform
      say: {en: "It costs {{offer.total}}. Go on?"}
      options:
        - {label: Go on, detection_keywords: [go on, "yes"], next_step: book}
        - {label: Stop there, detection_keywords: [stop there, "no"], next_step: done}
    - id: book
      action: tool_call
      tools: [{name: book_repair, arg_mappings: [{param: model, source: model}], result_key: booked}]
      COMPENSATE
      on_success: ask_day
      on_unavailable: out_of_reach
    - id: out_of_reach
      action: inform
      say: {en: The workshop cannot be reached.}
      next_step: handoff
    - id: take_back
      action: tool_call
      tools: [{name: cancel_repair, arg_mappings: [{param: number, source: booked.number}]}]
    - id: ask_day
      action: inform
      say: {en: Is Monday all right?}
      options:
        - {label: Monday is fine, detection_keywords: ["yes", fine], next_step: done}
        - {label: Another day, detection_keywords: ["no", another], next_step: done}
    - id: done
      action: end
      say: {en: Thank you.}
`

function open(
  compensate = true,
  more: { model?: ReturnType<typeof createScriptedProvider>; cancelled?: OperationOutcome } = {},
) {
  const { cancelled = ok(), ...world } = more
  let number = 0
  const talk = talkTo(
    workshop
      .replace('COMPENSATE', compensate ? 'compensate: take_back' : '')
      .replace(compensate ? '' : /    - id: take_back[^]*?(?=    - id: ask_day)/, ''),
    [
      [{ name: 'note_address', effect: 'idempotent', params: { email: text } }, () => ok()],
      [
        {
          name: 'get_price',
          effect: 'read',
          params: { model: text },
          writes: [{ field: 'offer' }],
        },
        ({ model }) => ok({ total: model === 'MOD-900' ? 900 : 50 }),
      ],
      [
        {
          name: 'book_repair',
          effect: 'idempotent',
          params: { model: text },
          summary: { en: { ok: 'The repair of {{model}} is booked.' } },
        },
        () => ok({ number: `N${(number += 1)}` }),
      ],
      [{ name: 'cancel_repair', effect: 'idempotent', params: { number: text } }, () => cancelled],
    ],
    world,
  )
  return talk
}

const way = ['repair', 'MOD-100', 'ann@example.com', 'yes', 'go on']
async function at(wait: number, ...given: Parameters<typeof open>) {
  const talk = open(...given)
  let last = await talk.say(way[0]!)
  for (const message of way.slice(1, wait + 1)) last = await talk.say(message)
  return { talk, last }
}
const names = (effects: readonly { name: string }[]): string[] => effects.map(({ name }) => name)

describe('a correction of what an earlier step asked for', () => {
  it('is taken, said, and nothing is asked twice', async () => {
    const { talk } = await at(2)
    const heard = await talk.say('no, I meant MOD-900')
    expect(heard).toMatchObject({ step: 'pick_up', status: 'waiting', options: ['Yes please', 'No, I bring it'] })
    expect(heard.text).toContain('I have changed it. model: MOD-900.')
    expect(heard.text).toContain('Shall we pick it up?')
    expect(talk.known()['model']).toMatchObject({ value: 'MOD-900', by: 'customer' })
  })

  it('redoes the steps that depend on it, and no others', async () => {
    const { talk, last } = await at(3)
    expect(last).toMatchObject({ step: 'cheap' })
    const before = talk.effects.length
    const heard = await talk.say('sorry, it is MOD-900')
    expect(heard).toMatchObject({ step: 'dear', text: expect.stringContaining('It costs 900') })
    // The address was noted already, and whether it is picked up was answered.
    expect(names(talk.effects.slice(before))).toEqual(['get_price'])
    expect(heard.text).not.toContain('pick it up')
  })

  it('of a field that later steps use elsewhere redoes what used it', async () => {
    const { talk } = await at(3)
    const before = talk.effects.length
    const heard = await talk.say('actually my address is bob@example.com')
    expect(heard.handoffs).toHaveLength(1)
    expect(heard.handoffs[0]?.summary).toContain('note_address at note')
    expect(names(talk.effects.slice(before))).toEqual([])
  })

  it('in Spanish as well', async () => {
    const { talk } = await at(2)
    expect(await talk.say('perdón, quise decir MOD-900')).toMatchObject({ step: 'pick_up' })
    expect(talk.known()['model']?.value).toBe('MOD-900')
  })

  it('that changes nothing says so, and asks again', async () => {
    const { talk, last } = await at(2)
    const heard = await talk.say('I meant MOD-100')
    expect(heard.text).toContain('That is what I have already. model: MOD-100.')
    expect(heard).toMatchObject({ step: 'pick_up', options: last.options, decided: { correction: null } })
  })

  it.each(['actually yes', 'yes', 'sorry, yes'])('is not read into «%s»', async (message) => {
    const { talk } = await at(2)
    expect(await talk.say(message)).toMatchObject({ step: 'cheap' })
  })

  it('outdoes the step’s own «no» where it says more', async () => {
    const { talk } = await at(2)
    expect(await talk.say('no, MOD-900')).toMatchObject({ step: 'pick_up' })
    expect(talk.known()['model']?.value).toBe('MOD-900')
  })

  it('can be corrected again', async () => {
    const { talk } = await at(3)
    await talk.say('no, I meant MOD-900')
    const heard = await talk.say('sorry, I meant MOD-100')
    expect(heard).toMatchObject({ step: 'cheap' })
    expect(names(talk.effects)).toEqual(['note_address', 'get_price', 'get_price', 'get_price'])
  })
})

describe('where something was done by the old value', () => {
  it('it is taken back, then done by the new one', async () => {
    const { talk, last } = await at(4)
    expect(last).toMatchObject({ step: 'ask_day' })
    const before = talk.effects.length
    const heard = await talk.say('no, I meant MOD-200')
    // What it costs is another question now, as far as we know.
    expect(heard).toMatchObject({ step: 'cheap', handoffs: [] })
    expect(names(talk.effects.slice(before))).toEqual(['cancel_repair', 'get_price'])
    expect(talk.effects.at(before)?.args).toEqual({ number: 'N1' })
    expect(await talk.say('go on')).toMatchObject({ step: 'ask_day' })
    expect(talk.known()['booked']?.value).toEqual({ number: 'N2' })
  })

  it('a person gets it when its author says nothing, and the customer is told what stands', async () => {
    const { talk } = await at(4, false)
    const heard = await talk.say('no, I meant MOD-200')
    expect(heard).toMatchObject({ status: 'escalated', handoffs: [{ reason: 'corrected_too_late' }] })
    expect(heard.handoffs[0]?.summary).toBe(
      'The customer corrects model from MOD-100 to MOD-200. Done by what was said before, and not taken back: book_repair at book.',
    )
    expect(heard.text).toContain('You would like it changed. model: MOD-200.')
    expect(heard.text).toContain('The repair of MOD-100 is booked.')
    expect(heard.text).toContain('passing your case to a colleague')
  })

  it('a person gets it when it cannot be taken back', async () => {
    const { talk } = await at(4, true, { cancelled: { status: 'no', code: 'too_late', reason: 'x' } })
    const before = talk.effects.length
    const heard = await talk.say('no, I meant MOD-200')
    expect(heard).toMatchObject({ status: 'escalated' })
    expect(heard.handoffs).toHaveLength(1)
    expect(names(talk.effects.slice(before))).toEqual(['cancel_repair'])
  })
})

/** What the model is asked on the way: the first message holds nothing for who reads it, the second nothing else. */
const unread = [{ purpose: 'extract', json: {} }]

describe('where words are silent', () => {
  it('a model may say that it is a correction: the value is read, and the customer asked', async () => {
    const model = createScriptedProvider([
      ...unread,
      { purpose: 'classify', label: '$correct:model' },
      { purpose: 'extract', json: { model: 'MOD-900' } },
    ])
    const { talk } = await at(2, true, { model })
    const asked = await talk.say('the machine I own is the nine hundred')
    expect(asked).toMatchObject({ step: 'pick_up', options: ['Yes', 'No'] })
    expect(asked.text).toBe('Shall I change it? model: MOD-900.')
    expect(talk.known()['model']?.value).toBe('MOD-100')
    expect(await talk.say('yes')).toMatchObject({ step: 'pick_up' })
    expect(talk.known()['model']?.value).toBe('MOD-900')
  })

  it('a tap on an earlier button is no answer to that, and what was waited for is asked again', async () => {
    const model = createScriptedProvider([
      ...unread,
      { purpose: 'classify', label: '$correct:model' },
      { purpose: 'extract', json: { model: 'MOD-900' } },
    ])
    const { talk, last } = await at(2, true, { model })
    await talk.say('the machine I own is the nine hundred')
    expect((await talk.tap('yes', 1, 'Yes')).text).toContain(last.text)
    expect((await talk.say('yes')).step).not.toBe('pick_up')
    expect(talk.known()['model']?.value).toBe('MOD-100')
  })

  it('a no to that changes nothing', async () => {
    const model = createScriptedProvider([
      ...unread,
      { purpose: 'classify', label: '$correct:model' },
      { purpose: 'extract', json: { model: 'MOD-900' } },
    ])
    const { talk, last } = await at(2, true, { model })
    await talk.say('the machine I own is the nine hundred')
    expect(await talk.say('no')).toMatchObject({ text: last.text, options: last.options })
    expect(talk.known()['model']?.value).toBe('MOD-100')
  })

  it('without a value it is asked for', async () => {
    const model = createScriptedProvider([
      ...unread,
      { purpose: 'classify', label: '$correct:model' },
      { purpose: 'extract', json: {} },
    ])
    const { talk } = await at(2, true, { model })
    expect((await talk.say('that was another machine of mine')).text).toBe('What is the right value for model?')
    expect(await talk.say('900')).toMatchObject({ step: 'pick_up' })
    expect(talk.known()['model']?.value).toBe('MOD-900')
  })
})

/** Two values of one shape, a story, and all of it read back. */
const trip = `copse: 1
procedure:
  id: trip
  triggers: [trip]
  steps:
    - id: ask_from
      action: collect_info
      say: {en: From which stop?}
      extract_fields: [{key: from_stop, title: first stop, description: Stop, examples: [ST-1]}]
      required_fields: [from_stop]
      next_step: zone
    - id: zone
      action: tool_call
      tools: [{name: get_zone, arg_mappings: [{param: stop, source: from_stop}], result_key: zone}]
      on_success: hop
    - {id: hop, action: inform, say: {en: Good. Shall we go on?}, await_input: true, next_step: ask_to}
    - id: ask_to
      action: collect_info
      say: {en: To which stop?}
      extract_fields: [{key: to_stop, title: last stop, description: Stop, examples: [ST-1]}]
      required_fields: [to_stop]
      next_step: ask_story
    - id: ask_story
      action: collect_info
      say: {en: What are you going to do there?}
      extract_fields: [{key: story, title: story, type: text, description: What it is for}]
      required_fields: [story]
      next_step: check
    - id: check
      action: confirm
      next_step: cool_off
    - id: cool_off
      action: wait
      for: 2h
      say: {en: One moment.}
      next_step: done
    - id: done
      action: end
      say: {en: "Zone {{zone.name}}."}
`
const travel = async (...messages: string[]) => {
  const talk = talkTo(trip, [
    [{ name: 'get_zone', effect: 'read', params: { stop: text } }, ({ stop }) => ok({ name: `Z${show(stop)}` })],
  ])
  let last = await talk.say('trip')
  for (const message of messages) last = await talk.say(message)
  return { talk, last }
}
const zoneOf = ({ talk }: Awaited<ReturnType<typeof travel>>) => talk.known()['zone']?.value

describe('a value that could stand for two fields', () => {
  const asked = () => travel('ST-1', 'yes', 'ST-2')

  it('is asked about, with both as options, and taken for the one that is chosen', async () => {
    const at = await asked()
    const heard = await at.talk.say('no, I meant ST-9')
    expect(heard).toMatchObject({
      step: 'ask_story',
      text: 'Which of these is ST-9?',
      options: ['first stop', 'last stop'],
    })
    expect(await at.talk.say('the first one')).toMatchObject({ step: 'ask_story' })
    expect(zoneOf(at)).toEqual({ name: 'ZST-9' })
    expect(at.talk.known()['to_stop']?.value).toBe('ST-2')
  })

  it('is taken at once for the one that is named', async () => {
    const at = await asked()
    await at.talk.say('sorry, the last stop is ST-9')
    expect(at.talk.known()).toMatchObject({ from_stop: { value: 'ST-1' }, to_stop: { value: 'ST-9' } })
  })

  it('may be meant for what is asked for here', async () => {
    const at = await travel('ST-1', 'yes')
    expect((await at.talk.say('no, I meant ST-9')).options).toEqual(['first stop', 'last stop'])
    expect(await at.talk.say('last stop')).toMatchObject({ step: 'ask_story' })
    expect(at.talk.known()).toMatchObject({ from_stop: { value: 'ST-1' }, to_stop: { value: 'ST-9' } })
  })

  it('is forgotten where something else is answered', async () => {
    const at = await asked()
    await at.talk.say('no, I meant ST-9')
    expect(await at.talk.say('I visit my sister')).toMatchObject({ step: 'check' })
    expect(at.talk.known()).toMatchObject({ from_stop: { value: 'ST-1' }, story: { value: 'I visit my sister' } })
  })
})

describe('at a step of another kind', () => {
  it('where any text is an answer, only what says nothing else corrects', async () => {
    const at = await travel('ST-1', 'yes', 'ST-2')
    await at.talk.say('actually they wait for me at ST-7 with a cake, it was her birthday')
    expect(at.talk.known()['story']).toBeDefined()
    expect(at.talk.known()['to_stop']?.value).toBe('ST-2')
  })

  it('what is read back is corrected there, and what was found out by it is found out anew', async () => {
    const at = await travel('ST-1', 'yes', 'ST-2', 'a walk')
    expect(at.last).toMatchObject({ step: 'check' })
    const heard = await at.talk.say('no, the first stop is ST-9')
    expect(heard).toMatchObject({ step: 'check', text: expect.stringContaining('first stop: ST-9') })
    expect(zoneOf(at)).toEqual({ name: 'ZST-9' })
  })

  it('while it waits for a time', async () => {
    const at = await travel('ST-1', 'yes', 'ST-2', 'a walk', 'yes')
    expect(at.last).toMatchObject({ step: 'cool_off' })
    // What was read back holds another value now.
    expect(await at.talk.say('oops, the first stop is ST-9')).toMatchObject({ step: 'check' })
    expect(zoneOf(at)).toEqual({ name: 'ZST-9' })
    expect(await at.talk.say('yes')).toMatchObject({ step: 'cool_off' })
  })
})
