import { digest } from '@copse/contracts'

const longestKey = 256

/**
 * What an id from outside is known by. One that is too long, or that the database would write as another text, is known
 * by its digest: two ids never become one.
 */
export const keyOf = (id: string): string =>
  id.length <= longestKey && id.isWellFormed() && !id.includes('\0') ? id : `sha256:${digest(id)}`

/** What a key becomes when its owner is forgotten: it is known again when it comes again, and tells nobody anything. */
export const forgottenKey = (key: string): string =>
  key.startsWith(forgottenMark) ? key : `${forgottenMark}${digest(key)}`

const forgottenMark = 'forgotten:'
