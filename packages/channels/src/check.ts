import type { ChannelBinding } from '@copse/contracts'
import type { z } from 'zod'
import { channelTypes } from './known.ts'
import { builtIn } from './pull-limits.ts'

/** Everything wrong with a binding, one sentence each; empty when a channel can be built of it and its credential. */
export function checkChannel(binding: ChannelBinding): string[] {
  const { name, credential } = binding
  const type = channelTypes.find((known) => known.type === binding.type)
  const place = `channel ${name}`
  if (!type) {
    const known = channelTypes.map((each) => each.type).join(', ')
    return [`${place}, type: no channel is called "${binding.type}". There is ${known}.`]
  }
  const config = type.config.safeParse(binding.config)
  return [
    ...(builtIn.has(name) && name !== type.type
      ? [`${place}, name: every tenant has a channel called ${name}. Choose another name.`]
      : []),
    ...sentences(`${place}, config`, config.error),
    ...(type.credential && credential === undefined
      ? [`${place}, credential: name the credential that holds its secrets.`]
      : []),
  ]
}

/** The secrets of a binding, by what its type asks for. No sentence shows what they are. */
export function checkSecret(binding: ChannelBinding, secret: string | undefined): string[] {
  const type = channelTypes.find((known) => known.type === binding.type)
  if (!type?.credential) return []
  const place = `channel ${binding.name}, credential ${binding.credential ?? ''}`.trim()
  if (secret === undefined) return [`${place}: there is none of this name.`]
  const fields = parseObject(secret)
  if (fields === undefined) return [`${place}: it is not a JSON object.`]
  return sentences(place, type.credential.safeParse(fields).error)
}

export function parseObject(secret: string): object | undefined {
  try {
    const value: unknown = JSON.parse(secret)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    // The parser's own words repeat what it read.
    return undefined
  }
}

const sentences = (place: string, error: z.ZodError | undefined): string[] =>
  (error?.issues ?? []).map(({ path, message }) => `${[place, ...path.map(String)].join('.')}: ${message}`)
