import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Json, JsonObject } from '@copse/contracts'
import { whatsAppText, type WhatsAppCloud } from '@copse/testkit'
import * as fc from 'fast-check'
import { mutated } from '../../../packages/channels/src/testing/mutate.ts'
import { chanceOf } from '../chance.ts'

const fixtures = new URL('../../../../shared/fixtures/webhooks/whatsapp/', import.meta.url)
const people = 500

/** Real envelopes with what would make two of them one replaced by marks: the message, and who wrote it. */
function seeds(cloud: WhatsAppCloud): JsonObject[] {
  if (!existsSync(fixtures)) return [whatsAppText(cloud, { id: '@id', from: '@from' }, 'hello')]
  return readdirSync(fixtures).map((file) => {
    const text = readFileSync(new URL(file, fixtures), 'utf8')
      .replaceAll(/("phone_number_id": *)"[^"]*"/g, `$1"${cloud.phoneNumberId}"`)
      .replaceAll(/("wa_id": *|"from": *)"[^"]*"/g, '$1"@from"')
    return marked(JSON.parse(text) as Json) as JsonObject
  })
}

/** Ids of messages; those of statuses are left, which are of messages of ours. */
function marked(value: Json, under = ''): Json {
  if (Array.isArray(value)) return value.map((one) => marked(one, under))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === 'id' && under === 'messages' ? '@id' : marked(member, key),
    ]),
  )
}

/** Signed or not is the caller's affair: bytes that Meta could post on a bad day. The same for the same seed. */
export function* fuzzedEnvelopes(cloud: WhatsAppCloud, count: number, seed: number): Generator<Buffer> {
  const arbitrary = mutated(seeds(cloud))
  const chance = chanceOf(seed)
  const batch = 1_000
  for (let at = 0; at < count; at++) {
    if (at % batch === 0) samples = fc.sample(arbitrary, { numRuns: Math.min(batch, count - at), seed: seed + at })
    const text = JSON.stringify(samples[at % batch])
      .replaceAll('@id', `wamid.${seed}.${at}`)
      .replaceAll('@from', String(34_700_000_000 + Math.floor(chance() * people)))
    yield spoilt(Buffer.from(text), chance)
  }
}

let samples: Json[] = []

/** One in ten is cut somewhere, one in ten has bytes that are no text. */
function spoilt(raw: Buffer, chance: () => number): Buffer {
  const roll = chance()
  const place = Math.floor(chance() * raw.length)
  if (roll < 0.1) return raw.subarray(0, place)
  if (roll < 0.2)
    raw.fill(Math.floor(chance() * 256), place, Math.min(raw.length, place + 1 + Math.floor(chance() * 3)))
  return raw
}
