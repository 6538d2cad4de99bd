import type { Knowledge } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { leaf, openTalk, procedure } from './testing/talk.ts'
import { calendar, ok, operation, released, talkTo } from './testing/flow-talk.ts'

/** States of our format; `head` holds what stands beside them. */
const flow = (states: string, head = ''): string =>
  `copse: 1\nflow:\n  id: salon\n  initial_state: MENU\n${head}  states:\n${states}`

const menu = `
    MENU:
      on_enter:
        - {action: send_interactive_buttons, body: Menu, buttons: [{id: go, title: Go on}, {id: stay, title: Stay}]}
      transitions:
        - {on_payload: go, target: NEXT}
        - {on_payload: stay, target: MENU}
      fallback: MENU
`
const next = `
    NEXT:
      on_enter:
        - {action: send_text, text: "Next {{data.picked}}"}
      transitions:
        - {on_payload_prefix: pick_, extract_suffix_as: picked, target: NEXT}
        - {on_type: text, condition: message.text == back, target: MENU}
`

describe('first contact', () => {
  it('enters the initial state and runs it, whatever the words are', async () => {
    for (const words of ['hello', '1', 'yes', 'Go on?', 'do not go on', 'go on and stay', 'go on holiday']) {
      const talk = talkTo(flow(menu + next))
      expect(await talk.say(words)).toMatchObject({ text: 'Menu', step: 'MENU', options: ['Go on', 'Stay'] })
    }
  })

  it('takes an option of the initial state that the first words name, and nothing else', async () => {
    for (const words of ['go on', 'Hi, I want to go on please!', 'GO']) {
      const talk = talkTo(flow(menu + next))
      expect(await talk.say(words)).toMatchObject({ text: 'Next', step: 'NEXT', options: [] })
    }
  })

  it('is in doubt about words that name two options, or one that leads nowhere now', async () => {
    const twice = menu.replace('id: stay, title: Stay', 'id: stay, title: Go on')
    expect(await talkTo(flow(twice + next)).say('go on')).toMatchObject({ step: 'MENU', text: 'Menu' })
    const never = menu.replace('{on_payload: go,', '{on_payload: go, condition: memory.x exists,')
    expect(await talkTo(flow(never + next)).say('go on')).toMatchObject({ step: 'MENU', text: 'Menu' })
  })

  it('takes a button that comes with it, and says nothing of the menu', async () => {
    const talk = talkTo(flow(menu + next))
    expect(await talk.tap('go')).toMatchObject({ text: 'Next', step: 'NEXT', options: [] })
  })

  it('answers a question that it begins with, and then says its own', async () => {
    const answer: Knowledge['answer'] = async ({ text }) =>
      text.includes('open') ? { text: 'We open at nine.' } : { nothing: 'out_of_scope' }
    const open = () => talkTo(flow(menu + next), [], { knowledge: { answer } })
    expect(await open().say('When do you open?')).toMatchObject({ text: 'We open at nine. Menu', step: 'MENU' })
    expect(await open().say('Who are you?')).toMatchObject({ text: 'Menu', options: ['Go on', 'Stay'] })
  })

  it('takes the messages that no trigger claims, and leaves the others to procedures', async () => {
    const refund = procedure('refund', {
      only: { node: leaf('end', { say: { en: 'Paid back.' } }), exits: { end: 'end' } },
    })
    const open = () => openTalk({ procedures: [refund, released(flow(menu + next), [])] })
    expect(await open().say('a refund please')).toMatchObject({ intent: 'refund' })
    expect(await open().say('where is my parcel?')).toMatchObject({ intent: 'salon', step: 'MENU' })
    expect((await open().say('let me talk to a human')).handoffs).toHaveLength(1)
  })
})

describe('matching', () => {
  it('resolves numbers, titles and payloads only in the state that offered them', async () => {
    const talk = talkTo(flow(menu + next))
    await talk.say('hello')
    expect(await talk.say('1')).toMatchObject({ step: 'NEXT' })
    expect(await talk.say('stay')).toMatchObject({ step: 'NEXT', text: expect.stringMatching(/did not understand/) })
    expect(await talk.say('1')).toMatchObject({ step: 'NEXT', text: expect.stringMatching(/did not understand/) })
  })

  it('asks all triggers of one transition to hold', async () => {
    const talk = talkTo(flow(menu + next))
    await talk.say('hello')
    await talk.tap('go')
    expect(await talk.say('forward')).toMatchObject({ step: 'NEXT' })
    expect(await talk.say('BACK')).toMatchObject({ step: 'MENU' })
  })

  it('takes what follows a prefix', async () => {
    const talk = talkTo(flow(menu + next))
    await talk.say('hello')
    await talk.tap('go')
    expect(await talk.tap('pick_blue')).toMatchObject({ text: 'Next blue' })
  })

  const both = (head: string): string =>
    flow(
      `
    MENU:
      on_enter: [{action: send_text, text: Menu}]
      transitions: [{on_payload: x, target: OWN}]
    OWN:
      on_enter: [{action: send_text, text: Own}]
      fallback: MENU
    ALL:
      on_enter: [{action: send_text, text: All}]
      fallback: MENU
`,
      head,
    )
  const globals = (more = ''): string => `  global_transitions: [{on_payload: x, target: ALL${more}}]\n`

  it('tries a state’s own transitions before global ones, unless one has priority', async () => {
    const talk = talkTo(both(globals()))
    await talk.say('hello')
    expect(await talk.tap('x')).toMatchObject({ step: 'OWN' })
    expect(await talk.tap('x')).toMatchObject({ step: 'ALL' })
    const other = talkTo(both(globals(', priority: true')))
    await other.say('hello')
    expect(await other.tap('x')).toMatchObject({ step: 'ALL' })
  })

  it('tries global ones first in dialect F', async () => {
    const talk = talkTo(both(globals()).replace('copse: 1\nflow:\n', '').replaceAll(/^ {2}/gm, ''))
    await talk.say('hello')
    expect(await talk.tap('x')).toMatchObject({ step: 'ALL' })
  })

  it('reads a photo where a state waits for one, and only there', async () => {
    const talk = talkTo(
      flow(`
    MENU:
      on_enter: [{action: send_text, text: A photo please}]
      transitions: [{on_type: image, set_data: {photo: "{{message.media_id}}"}, target: SEEN}]
    SEEN:
      on_enter: [{action: send_text, text: "Seen {{data.photo}}"}]
      transitions: [{on_type: text, target: MENU}]
`),
    )
    await talk.say('hello')
    expect(await talk.send({ kind: 'media', media: { type: 'audio', id: 'm0' } })).toMatchObject({ step: 'MENU' })
    const photo = { kind: 'media' as const, media: { type: 'image' as const, id: 'm1' } }
    expect(await talk.send(photo)).toMatchObject({ text: 'Seen m1', step: 'SEEN' })
    expect((await talk.send(photo)).text).toContain('cannot read')
  })
})

describe('data', () => {
  it('keeps the type of a value that is one whole path, and fills texts inside lists and mappings', async () => {
    const { outside } = calendar()
    const talk = talkTo(
      flow(
        `
    MENU:
      on_enter: [{action: send_text, text: Menu}]
      transitions:
        - on_payload_prefix: service_
          extract_suffix_as: service
          set_data: {minutes: "{{data.service_minutes}}", note: {for: ["{{message.contact_id}}", "{{data.service}}!"]}}
          target: DONE
    DONE:
      on_enter: [{action: send_text, text: "{{data.note.for}} on {{data.today}}"}]
      fallback: MENU
`,
        '  services: [{id: cut, minutes: 30, price: 10}, {id: dye, minutes: 90}]\n',
      ),
      outside,
      { now: Date.UTC(2026, 10, 21, 23, 30), timeZone: 'Europe/Madrid' },
    )
    await talk.say('hello')
    expect(await talk.tap('service_cut')).toMatchObject({ text: 'c, cut! on 2026-11-22' })
    expect(talk.known()).toMatchObject({ minutes: { value: 30 }, service_price: { value: 10 } })
  })

  it('forgets what another service said of itself', async () => {
    const talk = talkTo(
      flow(
        `
    MENU:
      on_enter: [{action: send_text, text: Menu}]
      transitions: [{on_payload: go, target: PICK}]
    PICK:
      on_enter: [{action: send_text, text: "{{data.service}} costs {{data.service_price}}."}]
      transitions: [{on_payload_prefix: service_, extract_suffix_as: service, target: PICK}]
`,
        '  services: {cut: {price: 10}, dye: {minutes: 90}}\n',
      ),
    )
    await talk.say('hello')
    await talk.tap('go')
    expect(await talk.tap('service_cut')).toMatchObject({ text: 'cut costs 10.' })
    expect(await talk.tap('service_dye')).toMatchObject({ text: 'dye costs .' })
  })

  it('is empty again where the flow begins again, in the same session', async () => {
    const talk = talkTo(flow(menu + next))
    await talk.say('hello')
    await talk.tap('go')
    await talk.tap('pick_blue')
    expect(talk.known()).toMatchObject({ picked: { value: 'blue' } })
    const { case_id: before } = talk.known()
    await talk.say('back')
    expect(talk.known()).not.toHaveProperty('picked')
    expect(talk.known()['case_id']).toEqual(before)
  })
})

describe('no match', () => {
  it('runs the state again where it is its own fallback', async () => {
    const talk = talkTo(flow(menu + next))
    await talk.say('hello')
    expect(await talk.say('what?')).toMatchObject({ text: 'Menu', step: 'MENU', options: ['Go on', 'Stay'] })
  })

  it('says that it did not understand where there is none, and offers again what it had offered', async () => {
    const talk = talkTo(flow(menu.replace('      fallback: MENU\n', '') + next))
    await talk.say('hello')
    const lost = await talk.say('what?')
    expect(lost).toMatchObject({ step: 'MENU', status: 'waiting', options: ['Go on', 'Stay'] })
    expect(lost.text).toContain('did not understand')
  })

  it('gives who asks for a person to one', async () => {
    const talk = talkTo(flow(menu + next))
    await talk.say('hello')
    expect(await talk.say('I want to talk to a human')).toMatchObject({
      status: 'escalated',
      handoffs: [{ reason: 'wants_person' }],
    })
  })
})

describe('options that an operation finds', () => {
  const days = (count: number) =>
    operation('find_days', () =>
      ok({ items: Array.from({ length: count }, (_, at) => ({ id: `d${at + 1}`, title: `Day ${at + 1}` })) }),
    )
  const finding = flow(`
    MENU:
      on_enter:
        - {action: invoke_connector, operation: find_days, result_key: days}
        - {action: send_dynamic_options, source_key: days, text: Which day?, empty_text: No days.}
      transitions: [{on_payload_prefix: day_, extract_suffix_as: day, target: DONE}]
    DONE:
      on_enter: [{action: send_text, text: "It is {{data.day}}."}]
      fallback: MENU
`)

  it('get the only prefix that the state listens to', async () => {
    const talk = talkTo(finding, [days(2)])
    expect(await talk.say('hello')).toMatchObject({ text: 'Which day?', options: ['Day 1', 'Day 2'] })
    expect(await talk.say('day 2')).toMatchObject({ text: 'It is d2.' })
  })

  it('come in pages when there are many, and a title on any page counts', async () => {
    const talk = talkTo(finding, [days(21)])
    expect((await talk.say('hello')).options).toEqual([
      ...Array.from({ length: 9 }, (_, at) => `Day ${at + 1}`),
      'More …',
    ])
    const second = await talk.say('10')
    expect(second).toMatchObject({ step: 'MENU', text: 'Here are more.' })
    expect(second.options[0]).toBe('Day 10')
    expect((await talk.tap('$more')).options).toEqual(['Day 19', 'Day 20', 'Day 21'])
    expect(await talk.say('DAY 3')).toMatchObject({ text: 'It is d3.' })
  })

  it('are the words for none when there are none', async () => {
    const talk = talkTo(finding, [days(0)])
    expect(await talk.say('hello')).toMatchObject({ text: 'No days.', options: [], status: 'waiting' })
  })
})

describe('an action that fails', () => {
  const calling = (more: string): string =>
    flow(`
    MENU:
      on_enter: [{action: send_text, text: Menu}]
      transitions: [{on_payload: go, target: CALL}]
    CALL:
      on_enter:
        - {action: send_text, text: One moment.}
        - {action: invoke_connector, operation: look${more}}
        - {action: send_text, text: Never said.}
      transitions: [{on_payload: again, target: CALL}]
      FALLBACK
    SORRY:
      on_enter: [{action: send_text, text: The shop is closed.}]
      fallback: MENU
`)
  const down = [operation('look', () => ({ status: 'unavailable', code: 'timeout', reason: 'It did not answer.' }))]
  const play = async (source: string) => {
    const talk = talkTo(source, down)
    await talk.say('hello')
    return { talk, heard: await talk.tap('go') }
  }

  it('skips those after it and goes to its on_error, which says what there is to say', async () => {
    const { heard } = await play(calling(', on_error: SORRY').replace('FALLBACK', ''))
    expect(heard).toMatchObject({ step: 'SORRY', text: 'One moment. The shop is closed.' })
  })

  it('goes to the fallback of the state with an apology', async () => {
    const { heard } = await play(calling('').replace('FALLBACK', 'fallback: SORRY'))
    expect(heard.text).toMatch(/^One moment. Sorry.* The shop is closed.$/)
    expect(heard.step).toBe('SORRY')
  })

  it.each(['fallback: CALL', ''])('apologises and waits where the fallback is «%s»', async (fallback) => {
    const { talk, heard } = await play(
      calling('')
        .replace('FALLBACK', fallback)
        .replace('SORRY:', 'MENU2:')
        .replace('transitions: [{on_payload: go', 'transitions: [{on_payload: else, target: MENU2}, {on_payload: go'),
    )
    expect(heard).toMatchObject({ step: 'CALL', status: 'waiting', text: 'One moment. Sorry, that did not work.' })
    expect(await talk.tap('again')).toMatchObject({ step: 'CALL', text: 'One moment. Sorry, that did not work.' })
    expect(talk.effects).toHaveLength(2)
  })

  it('ends in waiting when the fallback fails, too', async () => {
    const circle = flow(`
    MENU:
      on_enter: [{action: send_text, text: Menu}]
      transitions: [{on_payload: go, target: A}]
    A:
      on_enter: [{action: invoke_connector, operation: look}]
      fallback: B
    B:
      on_enter: [{action: invoke_connector, operation: look}]
      fallback: A
`)
    const { talk, heard } = await play(circle)
    expect(heard).toMatchObject({ step: 'B', status: 'waiting', text: 'Sorry, that did not work.' })
    expect(talk.effects).toHaveLength(2)
  })
})

describe('transitions that wait for nothing', () => {
  it('are taken when their state is entered, and leave only the last state’s options', async () => {
    const talk = talkTo(
      flow(`
    MENU:
      on_enter: [{action: send_interactive_buttons, body: Menu, buttons: [{id: go, title: Go}]}]
      transitions: [{on_payload: go, target: A}]
    A:
      on_enter: [{action: send_interactive_buttons, body: A, buttons: [{id: x, title: X}]}]
      transitions: [{on_payload: x, target: MENU}, {always: true, condition: data.done missing, set_data: {done: true}, target: B}]
    B:
      on_enter: [{action: send_text, text: B}]
      transitions: [{always: true, target: end}]
`),
    )
    await talk.say('hello')
    expect(await talk.tap('go')).toMatchObject({ text: 'A B', options: [], status: 'completed', outcome: 'resolved' })
  })

  it('that never come to a wait end with a person', async () => {
    const talk = talkTo(
      flow(
        `
    MENU:
      on_enter: [{action: send_text, text: Menu}]
      transitions: [{on_payload: go, target: A}]
    A: {transitions: [{always: true, condition: case_id exists, target: B}]}
    B: {transitions: [{always: true, condition: case_id exists, target: A}]}
`.replaceAll('case_id exists', 'data.case_id exists'),
      ),
    )
    await talk.say('hello')
    const stuck = await talk.tap('go')
    expect(stuck).toMatchObject({ status: 'faulted' })
    expect(stuck.handoffs).toHaveLength(1)
  })
})
