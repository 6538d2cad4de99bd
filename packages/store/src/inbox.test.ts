import type { InboundEvent, Store } from '@copse/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTemporaryStore, type TemporaryStore } from './testing.ts'

let temporary: TemporaryStore
let store: Store
beforeEach(async () => {
  temporary = await openTemporaryStore()
  store = temporary.store
})
afterEach(() => temporary.remove())

const text = (channel: string, alias: string, messageId: string, name?: string): InboundEvent => ({
  channel,
  messageId,
  contact: { alias, ...(name === undefined ? {} : { name }) },
  kind: 'text',
  text: 'hello',
})

test('a message is appended once per channel, whoever repeats it and however often', async () => {
  const [first] = await store.append([text('web', 'ana', 'm1')])
  const repeats = await Promise.all([
    store.append([text('web', 'ana', 'm1')]),
    store.append([text('web', 'ana', 'm1'), text('web', 'ana', 'm1')]),
  ])
  for (const repeat of repeats.flat()) expect(repeat).toEqual({ ...first, duplicate: true })
  expect(await store.append([text('sms', 'ana', 'm1')])).toMatchObject([{ duplicate: false }])
  expect((await store.counts()).pendingMessages).toBe(2)
})

test('an alias is one contact for ever, with the last name it gave, and one conversation per channel', async () => {
  await store.append([text('web', 'ana', 'm1', 'Ana')])
  const before = await store.contact('web', 'ana')
  await store.append([text('web', 'ana', 'm2')])
  expect(await store.contact('web', 'ana')).toEqual(before)
  await store.append([text('web', 'ana', 'm3', 'Ana P.')])
  expect(await store.contact('web', 'ana')).toEqual({ ...before, name: 'Ana P.' })
  expect(await store.contact('web', 'bea')).toBeUndefined()
})

test('an envelope is appended whole or not at all', async () => {
  const broken = { ...text('web', 'ana', 'm2'), channel: undefined as unknown as string }
  await expect(store.append([text('web', 'ana', 'm1'), broken])).rejects.toThrow()
  expect(await store.pending()).toEqual([])
  expect(await store.append([text('web', 'ana', 'm1')])).toMatchObject([{ duplicate: false }])
})

test('contacts with pending messages are listed oldest message first', async () => {
  await store.append([text('web', 'bea', 'm1'), text('web', 'ana', 'm2'), text('web', 'bea', 'm3')])
  const [bea, ana] = [await store.contact('web', 'bea'), await store.contact('web', 'ana')]
  expect(await store.pending()).toEqual([
    { contactId: bea!.id, messages: 2, attempts: 0 },
    { contactId: ana!.id, messages: 1, attempts: 0 },
  ])
})
