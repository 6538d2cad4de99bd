import { lastMeant, type Reader } from '../reading.ts'

const emailShape = /(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}(?![\w-])/gi
const phoneShape = /(?<![\p{L}\p{N}-])\+?\(?\d(?:[\s().-]{0,2}\d){6,14}(?![\p{L}\p{N}]|-\d)/gu

export const readEmail: Reader = (_field, reading) =>
  lastMeant(
    reading,
    [...reading.text.matchAll(emailShape)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      value: match[0].toLowerCase(),
    })),
  )

/** Digits with a leading + when it was written. Channels know their own numbers better: this is only what was said. */
export const readPhone: Reader = (_field, reading) =>
  lastMeant(
    reading,
    [...reading.text.matchAll(phoneShape)]
      .filter(([text]) => !/^\d{4}-\d\d-\d\d$/.test(text))
      .map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
        value: match[0].replace(/[^\d+]/g, ''),
      })),
  )
