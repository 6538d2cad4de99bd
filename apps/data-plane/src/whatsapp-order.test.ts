import { createChannels } from '@copse/channels'
import { randomIds, systemClock, type HandleTurn, type OutboundMessage } from '@copse/contracts'
import { openLane } from '@copse/lane'
import { openTemporaryStore } from '@copse/store/testing'
import { startWhatsAppCloud, whatsAppStatus, whatsAppText } from '@copse/testkit'
import { expect, test } from 'vitest'

const photo = { type: 'image' as const, link: 'https://shop.example/shoe.jpg' }
const photoAndWords: OutboundMessage[] = [{ text: '', media: photo }, { text: 'the shoe' }]
const [ana, ben] = ['34600000001', '34600000002']

/** Store, lane and channel as a tenant has them, without a procedure. */
async function open(awaitedMs: number) {
  const cloud = await startWhatsAppCloud()
  const temporary = await openTemporaryStore()
  const { store } = temporary
  const { accessToken, appSecret, phoneNumberId } = cloud
  const channels = await createChannels(
    [{ name: 'shop', type: 'whatsapp', config: { phoneNumberId, baseUrl: cloud.url }, credential: 'meta' }],
    { meta: JSON.stringify({ accessToken, appSecret, verifyToken: 'a-word-of-the-operator' }) },
  )
  const handle: HandleTurn = async ({ contact }) => ({
    messages: contact.alias === ana ? photoAndWords : [{ text: 'hello' }],
    trace: [],
    handoffs: [],
    usage: [],
  })
  const lane = await openLane({
    store,
    handle,
    channels: () => channels,
    clock: systemClock,
    ids: randomIds,
    limits: { awaitedMs },
  })
  const receive = (envelope: object) => {
    const raw = Buffer.from(JSON.stringify(envelope))
    return channels.get('shop')!.webhook!.receive({ raw, headers: cloud.sign(raw) })
  }
  return {
    cloud,
    lane,
    receive,
    hear: (from: string) => {
      const { events } = receive(whatsAppText(cloud, { id: `wamid.${from}`, from }, 'hi'))
      return lane.submitAll(events.filter((event) => event.kind !== 'move'))
    },
    said: () => cloud.sent.map(({ body }) => body[body['type'] as string]),
    close: async () => {
      await lane.drain(1_000)
      await temporary.remove()
      await cloud.close()
    },
  }
}

test('what follows a file on WhatsApp is sent when the customer has the file, and not when Meta only took it', async () => {
  const { cloud, lane, receive, hear, said, close } = await open(600_000)
  await hear(ana)
  const [first] = await cloud.taken(1)
  const report = (status: string) => lane.applyReceipts(receive(whatsAppStatus(cloud, first!.wamid, status)).receipts)
  await report('sent')
  // Somebody else is answered meanwhile, which shows that there was time for it.
  await hear(ben)
  await cloud.taken(2)
  await report('delivered')
  await cloud.taken(3)
  expect(said()).toEqual([
    { link: 'https://shop.example/shoe.jpg' },
    { body: 'hello', preview_url: false },
    { body: 'the shoe', preview_url: false },
  ])
  await close()
})

test('a receipt that never comes holds up what follows only for so long', async () => {
  const { cloud, hear, said, close } = await open(50)
  await hear(ana)
  await cloud.taken(2)
  expect(said()).toMatchObject([{ link: photo.link }, { body: 'the shoe' }])
  await close()
})
