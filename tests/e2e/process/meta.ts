import { setTimeout as sleep } from 'node:timers/promises'
import type { JsonObject } from '@copse/contracts'
import { startWhatsAppCloud, whatsAppMessage, whatsAppStatus } from '@copse/testkit'
import { eventually } from '../../../apps/control-plane/src/testing/eventually.ts'

/** What a customer sees on their phone. */
export interface Shown {
  text: string
  buttons: string[]
}

interface Choice {
  id: string
  title: string
}
interface Interactive {
  body: { text: string }
  action: { buttons: { reply: Choice }[] } | { sections: { rows: Choice[] }[] }
}

/** How long Meta goes on with what was not acknowledged; the real one does so for days. */
const patienceMs = 30_000

export type Meta = Awaited<ReturnType<typeof openMeta>>

/**
 * Meta as its customers' phones see it, and as hard to live with as it may be: it delivers until it is told 200, every
 * fifth envelope twice at once, and it tells what was read before what was delivered before what was sent.
 */
export async function openMeta() {
  const cloud = await startWhatsAppCloud()
  const delivered: JsonObject[] = []
  /** Messages of the business whose statuses were told. */
  const told = new Set<string>()
  let webhook = ''

  async function post(envelope: JsonObject): Promise<void> {
    const until = Date.now() + patienceMs
    for (;;) {
      const status = await cloud.post(webhook, envelope).then(
        ({ status }) => status,
        () => 'no answer',
      )
      if (status === 200) return
      if (Date.now() > until) throw new Error(`The webhook was last answered with ${status}.`)
      await sleep(20)
    }
  }

  async function deliver(envelope: JsonObject): Promise<void> {
    delivered.push(envelope)
    const times = delivered.length % 5 === 0 ? 2 : 1
    await Promise.all(Array.from({ length: times }, () => post(envelope)))
  }

  const sentTo = (phone: string) => cloud.sent.filter(({ body }) => body['to'] === phone)

  function customer(phone: string) {
    let written = 0
    const write = (content: JsonObject): Promise<void> => {
      const id = `wamid.${phone}.${++written}`
      const timestamp = String(Math.floor(Date.now() / 1_000))
      return deliver(whatsAppMessage(cloud, { id, from: phone }, { timestamp, ...content }))
    }
    const shown = (): Shown[] => sentTo(phone).map(({ body }) => shownOf(body))
    return {
      phone,
      shown,
      /** How the business names each message, so that one that came twice can be known. */
      keys: (): unknown[] => sentTo(phone).map(({ body }) => body['biz_opaque_callback_data']),
      says: (text: string) => write({ type: 'text', text: { body: text } }),
      /** A button, or a row of the list, of the last message that they got. */
      taps(title: string) {
        const { action } = sentTo(phone).at(-1)!.body['interactive'] as unknown as Interactive
        const { id } = choicesOf(action).find((choice) => choice.title === title)!
        const type = 'buttons' in action ? 'button_reply' : 'list_reply'
        return write({ type: 'interactive', interactive: { type, [type]: { id, title } } })
      },
      got: (count: number) => eventually(() => shown().length >= count),
      /** Reads what they got: the business is told so last things first. */
      async reads() {
        for (const { wamid } of sentTo(phone).filter((sent) => !told.has(sent.wamid))) {
          told.add(wamid)
          for (const status of ['read', 'delivered', 'sent']) await deliver(whatsAppStatus(cloud, wamid, status))
        }
      },
    }
  }

  return {
    cloud,
    customer,
    /** Where the business is called. */
    callAt: (address: string) => void (webhook = address),
    /** Every fifth of all that was ever delivered, and the last five, once more: Meta had not heard that they came. */
    async deliverAgain() {
      await Promise.all(delivered.filter((_, at) => at % 5 === 0 || at >= delivered.length - 5).map(post))
    },
  }
}

function shownOf(body: JsonObject): Shown {
  if (body['type'] === 'text') return { text: (body['text'] as { body: string }).body, buttons: [] }
  const { body: said, action } = body['interactive'] as unknown as Interactive
  return { text: said.text, buttons: choicesOf(action).map(({ title }) => title) }
}

const choicesOf = (action: Interactive['action']): Choice[] =>
  'buttons' in action ? action.buttons.map(({ reply }) => reply) : action.sections.flatMap(({ rows }) => rows)
