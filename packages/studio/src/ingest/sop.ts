import { Fault } from '@copse/contracts'

/** A procedure is written from a page or a few; what is larger is a manual, and has several in it. */
const largestBytes = 200_000
export const mostSentences = 400

/** The text of a file that somebody wrote, or a refusal that says what to do. */
export function sopText(bytes: Uint8Array): string {
  if (bytes.byteLength > largestBytes) {
    throw refused(`It is larger than ${largestBytes / 1000} kB. Give one procedure at a time.`)
  }
  return plain(decode(bytes))
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new Fault('text_unusable', { detail: notText, cause })
  }
}

/** Of these a page has many, and no text that people write for people has two. */
const tags = /<\/(?:p|div|li|ol|ul|span|b|strong|h[1-6]|tr|td|table|body|html)>/gi

const notText = 'It is no plain text. Save the document as text (UTF-8) first.'

function plain(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n')
  // Formats of word processors are full of these; no text is.
  // oxlint-disable-next-line no-control-regex -- that is what is looked for
  if (/[\u0000-\u0008\u000B\u000E-\u001F\u007F\uFFFD]/.test(lines) || !lines.isWellFormed()) throw refused(notText)
  if ((lines.match(tags)?.length ?? 0) > 1)
    throw refused('It is HTML. Copy what a browser shows of it, and save that as text (UTF-8).')
  if (lines.trim() === '') throw refused('It is empty. Write down what your people do, a sentence for each thing.')
  return lines
}

export function mustHaveSentences(count: number): void {
  if (count === 0)
    throw refused('There is no sentence in it. Write down what your people do, a sentence for each thing.')
  if (count > mostSentences) {
    throw refused(`It has more than ${mostSentences} sentences. Give one procedure at a time.`)
  }
}

const refused = (detail: string): Fault => new Fault('text_unusable', { detail })
