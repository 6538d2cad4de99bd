import { z } from 'zod'
import { defineType } from '../type.ts'
import { limits } from './limits.ts'

/** One number of a WhatsApp business account. */
export const whatsappConfig = z.strictObject({
  phoneNumberId: z
    .string()
    .regex(/^\d{5,32}$/, 'the id that Meta shows beside the number: digits only, and not the number itself'),
  apiVersion: z
    .string()
    .regex(/^v\d{1,3}\.\d$/, 'a version of the Graph API, e.g. v24.0')
    .default('v24.0'),
  baseUrl: z.url({ protocol: /^https?$/ }).default('https://graph.facebook.com'),
  /** What stands on the button that opens a list. */
  listOpener: z.string().trim().min(1).max(20).default('Options'),
  /**
   * `reopen` carries what is said more than a day after the customer was heard: an approved template whose body has one
   * variable, for our words.
   */
  templates: z
    .strictObject({
      reopen: z
        .string()
        .regex(/^[a-z0-9_]{1,512}\/[a-z]{2,3}(?:_[A-Z]{2})?$/, 'a template as name/language, e.g. news/en_US'),
    })
    .optional(),
})
export type WhatsAppConfig = z.infer<typeof whatsappConfig>

const word = z.string().regex(/^[\x21-\x7e]+$/, 'one word of ASCII, without blanks')

/** An empty app secret would let anybody sign. */
export const whatsappCredential = z.object({
  accessToken: word,
  appSecret: word.min(16),
  verifyToken: word.min(8),
})
export type WhatsAppCredential = z.infer<typeof whatsappCredential>

export const whatsapp = defineType({
  type: 'whatsapp',
  description: 'A WhatsApp business number on the Cloud API of Meta.',
  limits,
  config: whatsappConfig,
  credential: whatsappCredential,
})
