import { createConnector } from '@copse/connectors'
import { expect, test } from 'vitest'
import { operations, read } from './check/testing/checking.ts'
import { openConversation } from './conversation.ts'
import { openDesk, openWorld, type OpenCalendar } from './desk.ts'
import type { Said } from './said.ts'

const calendar: OpenCalendar = ({ clock, ids, ...tenant }) =>
  createConnector({ name: 'calendar', type: 'mock_calendar', config: {}, operations: [] }, { clock, ids, tenant })

const { desk } = openDesk({
  sources: [{ file: 'hairdresser.flow.yaml', text: read('procedures/hairdresser.flow.yaml') }],
  operations,
  answers: new Map(),
  business: undefined,
  calendar,
  languages: ['en'],
  timeZone: 'Europe/Madrid',
  startAt: Date.UTC(2026, 10, 23, 7),
  patienceMs: 10_000,
})

/** What came of it when the first hour that is free was booked. */
async function booked(): Promise<Said> {
  const opened = openWorld(desk!)
  const conversation = openConversation({ name: 'books', as: 'visitor' }, opened.world)
  for (const words of ['hello', 'book', 'haircut', '1', '1']) await conversation.say(words)
  const said = await conversation.say('yes')
  await opened.close()
  return said
}

test('what is played again goes the same way again, down to the ids of what is booked', async () => {
  const said = await booked()
  expect(said).toMatchObject({ status: 'completed', performed: [{ name: 'book_appointment' }] })
  expect(await booked()).toEqual(said)
})
