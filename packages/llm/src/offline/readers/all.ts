import type { Kind } from '../kinds.ts'
import type { Reader } from '../reading.ts'
import { readAmount } from './amount.ts'
import { readChoice } from './choice.ts'
import { readEmail, readPhone } from './contact.ts'
import { readDate } from './date.ts'
import { readFreeText } from './free-text.ts'
import { readIdentifier } from './identifier.ts'
import { readName } from './name.ts'
import { readNoun } from './noun.ts'
import { readNumber } from './number.ts'
import { readPattern } from './pattern.ts'

/** In the order of reading: what has an exact shape claims its stretch of the message before what is guessed. */
export const readers: ReadonlyMap<Kind, Reader> = new Map<Kind, Reader>([
  ['pattern', readPattern],
  ['email', readEmail],
  ['date', readDate],
  ['identifier', readIdentifier],
  ['amount', readAmount],
  ['phone', readPhone],
  ['choice', readChoice],
  ['number', readNumber],
  ['name', readName],
  ['noun', readNoun],
  ['text', readFreeText],
])
