import { createHash } from 'node:crypto'
import type { Json } from '@copse/contracts'

/** Reads of an envelope that may hold anything: what is not there, or not of the shape, is simply nothing. */
export type Fields = Readonly<Record<string, unknown>>

const nothing: Fields = {}

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : nothing

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** JSON; `null` says as little as what is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined
  }
}

/** A string that says something. */
export const stringOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** No customer can write more in one message. */
const maxTextLength = 65_536

/** What a person wrote, without what would cut or break it where it is stored. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  return stringOf(value.slice(0, maxTextLength).replaceAll('\0', '').toWellFormed().trim())
}

/** Real ids have some 60 letters. A longer one stays recognisable, and short. */
const maxIdLength = 256

export function idOf(value: unknown): string | undefined {
  const id = stringOf(value)
  return id === undefined || id.length <= maxIdLength ? id : hashOf(id)
}

export const hashOf = (bytes: string | Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`

/** An address to write to: nothing is made of one that is too long to be one. */
export function addressOf(value: unknown): string | undefined {
  const address = stringOf(value)?.replace(/^\+/, '')
  return address === undefined || address.length > maxIdLength ? undefined : stringOf(address)
}

/** Seconds since 1970, as a string or a number, in ms. The outside's clock may be wrong: never later than now. */
export function timeOf(value: unknown, now: number): number | undefined {
  const at = typeof value === 'string' || typeof value === 'number' ? Number(value) * 1_000 : 0
  return at > 0 ? Math.min(Math.trunc(at), now) : undefined
}

const maxDepth = 16

/** Deeper data could be read here, and would break whoever writes it down. */
export const isShallow = (value: unknown, depth = 0): value is Json =>
  typeof value !== 'object' ||
  value === null ||
  (depth < maxDepth && Object.values(value).every((member) => isShallow(member, depth + 1)))
