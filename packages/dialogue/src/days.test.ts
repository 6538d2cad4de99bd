import { expect, it } from 'vitest'
import { leaf, openTalk, procedure } from './testing/talk.ts'

const noonInLondon = Date.UTC(2026, 2, 1, 12)
const today = { op: 'within', field: 'order_date', amount: 0, unit: 'days' } as const

const open = (timeZone: string) =>
  openTalk({
    timeZone,
    now: noonInLondon,
    operations: [
      [
        { name: 'look', effect: 'read', writes: [{ field: 'order_date', from: 'order_date' }] },
        () => ({ status: 'ok', data: { order_date: '2026-03-01' } }),
      ],
    ],
    procedures: [
      procedure('help', {
        look: { node: leaf('call', { operation: 'look' }), exits: { success: 'day' } },
        day: {
          node: leaf('decide', { branches: [{ when: today, exit: 'today' }], otherwise: 'before' }),
          exits: { today: 'sayToday', before: 'sayBefore' },
        },
        sayToday: { node: leaf('say', { say: { en: 'Bought today.' } }), exits: { success: 'end' } },
        sayBefore: { node: leaf('say', { say: { en: 'Bought before today.' } }), exits: { success: 'end' } },
      }),
    ],
  })

it('days are counted where the tenant lives: when London has its noon, Auckland has its next day', async () => {
  expect((await open('Europe/London').say('help')).text).toContain('Bought today.')
  expect((await open('Pacific/Auckland').say('help')).text).toContain('Bought before today.')
})
