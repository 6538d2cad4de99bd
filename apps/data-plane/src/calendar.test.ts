import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeTenant } from './testing/local-tenant.ts'
import { ask, bootFrom, startPlane } from './testing/plane.ts'

/** A flow written for an earlier platform, kept beside the repository. */
const fixture = new URL('../../../../shared/fixtures/bots-platform/flows/peluqueria_flow.yaml', import.meta.url)

const tenantYaml = `tenant:
  slug: peluqueria
  name: Peluqueria
  profile:
    timeZone: Europe/Madrid
    languages: [es]
    openingHours: {mon: [["10:00", "11:00"]], tue: [["17:00", "18:30"]]}
procedures: [flow.yaml]
connectors: [{name: calendar, type: builtin_calendar}]
data: data
`

interface Reply {
  step: string
  status: string
  response: string
  messages: { text: string; options?: { id: string; title: string }[] }[]
}

async function open(flow: string) {
  const tenant = await writeTenant({ 'tenant.yaml': tenantYaml, 'flow.yaml': flow })
  const clock = { now: () => Date.parse('2026-11-20T12:00Z') }
  const start = async () => startPlane(await bootFrom(tenant.file, { clock }), { clock })
  let plane = await start()
  const post = (user_id: string, said: object) => ask<Reply>(plane, '/api/chat', { user_id, ...said })
  return {
    data: path.join(tenant.folder, 'data'),
    say: (who: string, message: string) => post(who, { message }),
    tap: (who: string, payload: string) => post(who, { payload }),
    async restart() {
      await plane.close()
      plane = await start()
    },
    async close() {
      await plane.close()
      await tenant.remove()
    },
  }
}

const titles = ({ messages }: Reply): string[] => (messages.at(-1)?.options ?? []).map(({ title }) => title)

test('the procedure that the guide shows books what the customer chooses', async () => {
  const guide = readFileSync(new URL('../../../docs/guides/authoring.md', import.meta.url), 'utf8')
  const [, shown = ''] = /<!-- procedure: book_visit -->\n```yaml\n(.*?)```/s.exec(guide) ?? []
  const talk = await open(shown)
  try {
    const offered = await talk.say('ana', 'I would like to book an appointment')
    expect(titles(offered)).toEqual([
      'lun 23 nov, 10:00',
      'lun 23 nov, 10:30',
      'mar 24 nov, 17:00',
      'mar 24 nov, 17:30',
    ])
    await talk.say('bea', 'book an appointment')
    expect(await talk.say('bea', '2')).toMatchObject({ status: 'completed' })
    // Taken meanwhile: what is free now.
    const again = await talk.say('ana', '2')
    expect(titles(again)[1]).toBe('mar 24 nov, 17:00')
    const done = await talk.say('ana', 'lun 23 nov, 10:00')
    expect(done.response).toContain('Su cita está reservada: lun 23 nov, 10:00.')
    expect(done.status).toBe('completed')
  } finally {
    await talk.close()
  }
})

describe.skipIf(!existsSync(fixture))('a hairdresser whose calendar is her own', () => {
  test('is booked, asked and cancelled by a flow, each by who wrote, also after a restart', async () => {
    const talk = await open(readFileSync(fixture, 'utf8'))
    try {
      const book = async (who: string): Promise<Reply> => {
        await talk.say(who, 'hola')
        await talk.tap(who, 'menu_book')
        expect(titles(await talk.tap(who, 'service_corte'))).toEqual([
          'lun 23 nov',
          'mar 24 nov',
          'lun 30 nov',
          'mar 1 dic',
        ])
        await talk.tap(who, 'day_2026-11-23')
        return talk.tap(who, 'period_morning')
      }
      const hours = await book('ana')
      expect(titles(hours)).toEqual(['10:00', '10:30'])
      expect(await talk.say('ana', '10:30')).toMatchObject({ step: 'BOOK_ENTER_NAME' })
      expect((await talk.say('ana', 'Ana')).response).toBe('Su cita está reservada: lun 23 nov, 10:30.')
      expect(existsSync(path.join(talk.data, 'calendar.db'))).toBe(true)

      await talk.restart()
      expect(titles(await book('bea'))).toEqual(['10:00'])
      await talk.tap('bea', 'back_to_menu')
      expect((await talk.tap('bea', 'menu_cancel')).response).toBe('No tienes citas activas.')

      await talk.tap('ana', 'back_to_menu')
      expect((await talk.tap('ana', 'menu_view')).response).toContain('lun 23 nov, 10:30')
      await talk.tap('ana', 'back_to_menu')
      const [appointment] = (await talk.tap('ana', 'menu_cancel')).messages.at(-1)?.options ?? []
      expect(appointment?.title).toBe('lun 23 nov, 10:30')
      await talk.tap('bea', 'back_to_menu')
      await talk.tap('bea', 'menu_cancel')
      expect((await talk.tap('bea', appointment!.id)).response).not.toContain('ha sido cancelada')
      expect((await talk.tap('ana', appointment!.id)).response).toContain('Tu cita ha sido cancelada')
      await talk.tap('ana', 'back_to_menu')
      expect((await talk.tap('ana', 'menu_view')).response).toBe('No tienes citas próximas.')
    } finally {
      await talk.close()
    }
  })
})
