import { expect, test } from 'vitest'
import { writeTenant } from './testing/local-tenant.ts'
import { ask, bootFrom, startPlane } from './testing/plane.ts'

const tenantYaml = `tenant:
  slug: salon
  name: Salon
  profile: {timeZone: Europe/Madrid, languages: [en], openingHours: {mon: [["10:00", "11:00"]]}}
procedures: [flow.yaml]
connectors: [{name: calendar, type: builtin_calendar}]
data: data
`
/** Every morning the first hour of Monday is taken, whoever is a customer: that works once. */
const flow = (schedules: string): string => `copse: 1
flow:
  id: salon
  initial_state: MENU
  tasks:
    block:
      actions:
        - {action: invoke_connector, operation: book_appointment, params: {slot: "2026-11-23T10:00+01:00", contact_name: "{{data.today}}"}}
${schedules}
  states:
    MENU:
      on_enter:
        - {action: invoke_connector, operation: get_slots_for_day, params: {date_str: "2026-11-23"}, result_key: slots}
        - {action: send_dynamic_options, source_key: slots, text: When?, empty_text: Never.}
      transitions:
        - {on_payload_prefix: hour_, target: end}
      fallback: MENU
`
const daily = '  standing_schedules: [{task: block, when: {daily: "09:00"}}]'
const soon = { timeout: 15_000 }
const dayMs = 86_400_000

test('a task of nobody runs by the clock of the tenant, through a restart, and tells a person when it fails', async () => {
  const tenant = await writeTenant({ 'tenant.yaml': tenantYaml, 'flow.yaml': flow(daily) })
  const clock = { at: Date.parse('2026-11-20T12:00Z'), now: () => clock.at }
  const start = async () => startPlane(await bootFrom(tenant.file, { clock }), { clock, wakeMs: 5 })
  let plane = await start()
  let customers = 0
  const free = async (): Promise<string[]> => {
    const said = { user_id: `c${++customers}`, message: 'hello' }
    const { messages } = await ask<{ messages: { options?: { title: string }[] }[] }>(plane, '/api/chat', said)
    return (messages.at(-1)?.options ?? []).map(({ title }) => title)
  }
  const handoffs = async () => (await ask<{ handoffs: { reason: string }[] }>(plane, '/api/handoffs')).handoffs
  const standing = async () =>
    (await ask<{ timers: { key: string; state: string }[] }>(plane, '/api/timers')).timers.filter(
      ({ key, state }) => key.startsWith('task:standing:') && state === 'waiting',
    )
  try {
    expect(await free()).toEqual(['10:00', '10:30'])
    expect(await standing()).toHaveLength(1)
    await plane.close()
    clock.at = Date.parse('2026-11-21T07:59Z')
    plane = await start()
    expect(await standing()).toHaveLength(1)
    clock.at = Date.parse('2026-11-21T08:00:01Z')
    await expect.poll(free, soon).toEqual(['10:30'])
    expect(await handoffs()).toEqual([])

    clock.at += dayMs
    await expect.poll(handoffs, soon).toMatchObject([{ reason: 'task_failed' }])
    expect(await free()).toEqual(['10:30'])

    await tenant.write('flow.yaml', flow(''))
    await ask(plane, '/api/procedures/reload', {})
    clock.at += dayMs
    await expect.poll(standing, soon).toEqual([])
    expect(await handoffs()).toHaveLength(1)
  } finally {
    await plane.close()
    await tenant.remove()
  }
})
