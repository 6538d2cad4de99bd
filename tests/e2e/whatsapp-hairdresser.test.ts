import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { verifyFolder } from '@copse/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../apps/control-plane/src/testing/eventually.ts'
import { openMeta, type Meta } from './process/meta.ts'
import { openPlanes, type Planes, type Tenant } from './process/planes.ts'

/**
 * The shipped hairdresser over WhatsApp, as it is in production: from the first word to an appointment in the calendar,
 * the reminder the day before, and the cancellation. The control plane is gone, and the process dies in the middle of the
 * booking. The cases are one story and run in order.
 */
const hourMs = 3_600_000
const salonText = `# Salon Norte

## Parking
There is no parking of our own; the garage at Plaza Mayor is two minutes away.
`

let meta: Meta
let planes: Planes
let salon: Tenant
let instance: ChildProcess
let ann: ReturnType<Meta['customer']>

/** It is eleven in the morning of the next day there, in UTC. */
let aheadMs = (Math.floor(Date.now() / (24 * hourMs)) + 1) * 24 * hourMs + 11 * hourMs - Date.now()

beforeAll(async () => {
  meta = await openMeta()
  planes = await openPlanes()
  const { accessToken, appSecret, phoneNumberId, url: baseUrl } = meta.cloud
  salon = await planes.deploy('salon', {
    dev: false,
    async more(base) {
      const value = JSON.stringify({ accessToken, appSecret, verifyToken: 'a-word-of-the-operator' })
      await planes.ask('PUT', `${base}/credentials/meta`, { value })
      const config = { phoneNumberId, baseUrl }
      await planes.ask('PUT', `${base}/channels/shop`, { type: 'whatsapp', config, credential: 'meta' })
      const week = Object.fromEntries(
        ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [{ from: '10:00', to: '12:00' }]]),
      )
      await planes.ask('PUT', `${base}/connectors/calendar`, { type: 'builtin_calendar', config: { hours: { week } } })
      const source = readFileSync(new URL('../../procedures/hairdresser.flow.yaml', import.meta.url), 'utf8')
      await planes.ask('PUT', `${base}/procedures/hairdresser`, { source })
      await planes.ask('PUT', `${base}/knowledge`, { text: salonText })
    },
  })
  meta.callAt(`http://127.0.0.1:${salon.port}/webhooks/shop`)
  ann = meta.customer('34600000777')
  const pid = Number.parseInt((await planes.instance('salon')).process ?? '', 10)
  await planes.killControlPlane()
  process.kill(pid, 'SIGKILL')
  await start()
}, 120_000)
afterAll(async () => {
  await planes.close()
  await meta.cloud.close()
})

async function start(): Promise<void> {
  instance = await planes.startByHand('salon', salon.port, 'killable', aheadMs)
}

async function tell(told: string | number): Promise<void> {
  instance.send(told)
  await once(instance, 'message')
}

const data = () => join(planes.folder('salon'), 'data')

/** What stands in the calendar, whoever asks. */
function booked(): { service: string; starts_at: number; state: string }[] {
  const calendar = new DatabaseSync(join(data(), 'calendar.db'), { readOnly: true })
  try {
    return calendar.prepare('SELECT service, starts_at, state FROM appointments').all() as ReturnType<typeof booked>
  } finally {
    calendar.close()
  }
}

/** What she read last, once she has so many messages. */
async function read(count: number) {
  await ann.got(count)
  await ann.reads()
  return ann.shown().at(-1)!
}

describe('the hairdresser over WhatsApp', () => {
  it('offers what there is to the first word, and services to who wants to book', async () => {
    await ann.says('Hello')
    expect(await read(1)).toEqual({
      text: 'Hello! What can I do for you?',
      buttons: ['Book', 'My appointments', 'Prices'],
    })
    await ann.taps('Book')
    expect(await read(2)).toEqual({ text: 'What shall it be?', buttons: ['Haircut', 'Colour', 'Beard'] })
  })

  it('answers a question in between from the text of the tenant, and is where it was', async () => {
    await ann.says('Do you have parking?')
    expect(await read(3)).toEqual({
      text: 'There is no parking of our own; the garage at Plaza Mayor is two minutes away.\n\nWhat shall it be?',
      buttons: ['Haircut', 'Colour', 'Beard'],
    })
  })

  it('books once what was chosen, though it dies when the calendar had booked and nobody knew', async () => {
    await ann.taps('Haircut')
    const days = await read(4)
    expect(days.text).toBe('Which day suits you?')
    const inTwoDays = days.buttons[1]!
    await ann.taps(inTwoDays)
    expect(await read(5)).toEqual({ text: 'At what time?', buttons: ['10:00', '10:30', '11:00', '11:30'] })
    await ann.taps('10:00')
    expect(await read(6)).toEqual({
      text: `Haircut, ${inTwoDays}, 10:00. Shall I book it?`,
      buttons: ['Book it', 'Another day', 'Leave it'],
    })
    const died = once(instance, 'exit')
    await tell('effect-returned')
    const tapping = ann.taps('Book it')
    expect(await died).toEqual([null, 'SIGKILL'])
    expect(booked()).toHaveLength(1)

    await start()
    await meta.deliverAgain()
    await tapping
    expect(await read(7)).toEqual({
      text: `Your appointment is booked: ${inTwoDays}, 10:00. See you then!`,
      buttons: [],
    })
    expect(booked()).toMatchObject([{ service: 'cut', state: 'booked' }])
  })

  it('reminds of it the day before, and not earlier', async () => {
    const [{ starts_at } = { starts_at: 0 }] = booked()
    const dueMs = starts_at - 24 * hourMs - Date.now()
    await tell(dueMs - 60_000)
    // Nothing to wait for: it has looked at its clock a dozen times.
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect(ann.shown()).toHaveLength(7)
    aheadMs = dueMs + 10_000
    await tell(aheadMs)
    const reminder = await read(8)
    expect(reminder.text).toMatch(/^A reminder of your appointment: .* 10:00\. Will you come\?$/)
    expect(reminder.buttons).toEqual(['I will be there', 'Cancel it'])
  })

  it('cancels it by the button of the reminder', async () => {
    await ann.taps('Cancel it')
    expect(await read(9)).toEqual({
      text: 'Shall I cancel your appointment?',
      buttons: ['Yes, cancel it', 'Keep it'],
    })
    await ann.taps('Yes, cancel it')
    expect(await read(10)).toEqual({ text: 'Your appointment is cancelled.', buttons: [] })
    expect(booked()).toMatchObject([{ service: 'cut', state: 'cancelled' }])
  })

  it('has said each thing once, and left nothing undone', async () => {
    await meta.deliverAgain()
    await eventually(async () => (await verifyFolder(data())).ok)
    expect(ann.shown()).toHaveLength(10)
    expect(new Set(ann.keys()).size).toBe(10)
    expect(meta.cloud.refused).toEqual([])
  })
})
