// What the visitor wrote goes out one after the other, each under one id however often it is tried: so it counts once,
// and in the order in which it was written. Another window may send the same ones, each window all of them in order.
import { word } from './words.js'

const pausesMs = [500, 1500, 4000, 8000, 15_000]

/** The question may be another one by then, or settled in another way: whoever wrote it decides again. */
const longestWaitMs = 60 * 60_000

/**
 * `renew` asks for another visitor's cookie; `tell` shows what keeps a message, or that nothing does. `refused` and
 * `late` get the message that will not be sent; `settled` any that needs no sending anymore.
 */
export function createSending({ renew, tell, settled, refused, late }) {
  const unsent = []
  let isSending = false
  let wake

  async function deliver(message) {
    let isRenewed = false
    for (let tries = 0; ; tries += 1) {
      if (Date.now() - message.at > longestWaitMs) return late(message)
      try {
        await post('/chat/messages', message.body)
        return tell()
      } catch (problem) {
        if (problem.code === 'token_missing' && !isRenewed) {
          isRenewed = true
          await renew().catch(() => {})
          continue
        }
        if (problem.retryable === false) {
          refused(message)
          return tell(word(reasons[problem.code] ?? 'refused'))
        }
        if (tries > 1) tell(word('notYet'))
        await pause(pausesMs[tries] ?? pausesMs.at(-1))
      }
    }
  }

  const pause = (ms) =>
    new Promise((over) => {
      wake = over
      setTimeout(over, ms)
    })

  async function send(message) {
    unsent.push(message)
    if (isSending) return
    isSending = true
    for (; unsent.length > 0; unsent.shift()) {
      await deliver(unsent[0])
      settled(unsent[0])
    }
    isSending = false
  }

  /** `wake`: the line is back, so that nothing need wait any longer. */
  return { send, wake: () => wake?.() }
}

const reasons = { message_too_long: 'tooLong', token_missing: 'noCookies' }

/** A line that is half dead answers nothing, and the messages behind wait. */
const longestMs = 20_000
/** What a firewall before the server says of a message: it says so each time. */
const forGood = [400, 403, 413]

export const post = (path, body) =>
  request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

export async function request(path, options) {
  const tooLong = new AbortController()
  // Telephones that are still about know no `AbortSignal.timeout`.
  const end = setTimeout(() => tooLong.abort(), longestMs)
  try {
    const response = await fetch(path, { ...options, signal: tooLong.signal })
    if (!response.ok) throw await response.json().catch(() => ({ retryable: !forGood.includes(response.status) }))
    return await response.json()
  } finally {
    clearTimeout(end)
  }
}
