import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { calendar, talkTo } from './testing/flow-talk.ts'

/** Flows written for an earlier platform, kept beside the repository. */
const folder = new URL('../../../../shared/fixtures/bots-platform/', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8')
const world = { language: 'es', now: Date.UTC(2026, 10, 21, 12), timeZone: 'Europe/Madrid' }

describe.skipIf(!existsSync(folder))('the flows of the earlier platform', () => {
  it.each(['flows/peluqueria_flow.yaml', 'flows/peluqueria_norte_flow.yaml', 'tests/flows/peluqueria_flow.yaml'])(
    '%s books an appointment',
    async (file) => {
      const { outside, booked } = calendar()
      const talk = talkTo(read(file), outside, world)
      const menu = await talk.say('hola')
      expect(menu).toMatchObject({
        step: 'MENU',
        status: 'waiting',
        options: ['Reservar cita', 'Ver mis citas', 'Cancelar cita'],
      })
      expect(menu.text).toContain('¿Qué quieres hacer?')
      expect(await talk.tap('menu_book')).toMatchObject({ step: 'BOOK_SELECT_SERVICE', text: '¿Qué servicio quieres?' })
      expect(await talk.tap('service_combo')).toMatchObject({
        step: 'BOOK_SELECT_DAY',
        text: '¿Qué día prefieres?',
        options: ['lun 23 nov', 'mar 24 nov'],
      })
      expect(await talk.say('lun 23 nov')).toMatchObject({ step: 'BOOK_SELECT_PERIOD', options: ['Mañana', 'Tarde'] })
      expect(await talk.say('1')).toMatchObject({ step: 'BOOK_SELECT_HOUR', options: ['10:00', '11:30'] })
      expect(await talk.tap('hour_2026-11-23T11:30')).toMatchObject({ step: 'BOOK_ENTER_NAME', options: [] })
      expect(await talk.say('Ana')).toMatchObject({
        step: 'BOOK_CONFIRM',
        status: 'waiting',
        text: 'Cita reservada: 2026-11-23T11:30',
      })
      expect(booked).toEqual([
        { slot: '2026-11-23T11:30', service_key: 'combo', contact_name: 'Ana', duration_min: 45, contact_id: 'c' },
      ])
      expect(talk.effects.find(({ name }) => name === 'get_available_days')?.args).toEqual({
        from_date: '2026-11-21',
        service_duration_min: 45,
        presence_min: 45,
        lookahead_days: 14,
      })
      // Whatever is said next is no answer to anything: the fallback is the menu, which begins anew.
      expect(await talk.say('gracias')).toMatchObject({ step: 'MENU' })
      expect(talk.known()).not.toHaveProperty('selected_slot')
    },
  )

  it('shows what is booked as lines, since nobody waits for a choice, and cancels it', async () => {
    const { outside, booked } = calendar()
    booked.push({ slot: 'lun 23 nov 10:00' })
    const talk = talkTo(read('flows/peluqueria_flow.yaml'), outside, world)
    await talk.say('hola')
    expect(await talk.tap('menu_view')).toMatchObject({
      step: 'VIEW_APPOINTMENTS',
      text: 'Tus próximas citas:\n1. lun 23 nov 10:00',
      options: [],
    })
    expect(await talk.tap('back_to_menu')).toMatchObject({ step: 'MENU' })
    expect(await talk.tap('menu_cancel')).toMatchObject({ step: 'CANCEL_SELECT', options: ['lun 23 nov 10:00'] })
    expect(await talk.tap('cancel_appt_evt-1')).toMatchObject({
      step: 'CANCEL_CONFIRM',
      text: 'Tu cita ha sido cancelada.',
    })
    expect(booked).toEqual([])
    await talk.tap('back_to_menu')
    expect(await talk.tap('menu_cancel')).toMatchObject({ text: 'No tienes citas activas.', options: [] })
  })

  it('says what is free as a menu that is left again, when the calendar cannot be reached', async () => {
    const { outside } = calendar({
      get_available_days: () => ({ status: 'unavailable', code: 'timeout', reason: 'It did not answer.' }),
    })
    const talk = talkTo(read('flows/peluqueria_flow.yaml'), outside, world)
    await talk.say('hola')
    await talk.tap('menu_book')
    const sorry = await talk.tap('service_corte')
    expect(sorry).toMatchObject({
      step: 'MENU',
      status: 'waiting',
      options: ['Reservar cita', 'Ver mis citas', 'Cancelar cita'],
    })
    expect(sorry.text).toMatch(/^Lo siento.*¿Qué quieres hacer\?$/)
  })

  it('the toy flow takes a name', async () => {
    const talk = talkTo(read('tests/flows/toy_flow.yaml'))
    expect(await talk.say('hi')).toMatchObject({ text: 'Welcome. Choose an option. Options', options: ['Book'] })
    expect(await talk.say('book')).toMatchObject({ step: 'ENTER_NAME', text: 'Enter your name.' })
    expect(await talk.say('Ana')).toMatchObject({ step: 'CONFIRM', text: 'Slots ready.' })
    expect(talk.effects[0]).toMatchObject({ name: 'list_slots', args: { name: 'Ana' } })
  })

  it('the options flow says that there are no days, since nothing looks for them', async () => {
    const talk = talkTo(read('tests/flows/options_flow.yaml'))
    expect(await talk.say('hola')).toMatchObject({ text: 'Elige servicio' })
    expect(await talk.tap('svc_corte')).toMatchObject({ step: 'SELECT_DAY', text: 'No hay días disponibles.' })
    expect(talk.known()).toMatchObject({
      selected_service: { value: 'corte' },
      service_duracion_min: { value: 30 },
      service_price: { value: '10€' },
    })
    expect(await talk.tap('day_2026-11-23')).toMatchObject({ step: 'DONE', text: 'Reserva para 2026-11-23' })
    expect(await talk.tap('reset')).toMatchObject({ step: 'MENU' })
  })
})
