import type { JsonObject } from '@copse/contracts'

interface Account {
  phoneNumberId: string
}

/** An envelope as Meta posts it. `value` holds messages, statuses, echoes, or several of them. */
export const whatsAppEnvelope = ({ phoneNumberId }: Account, value: JsonObject): JsonObject => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '102290129340398',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '15550001111', phone_number_id: phoneNumberId },
            ...value,
          },
        },
      ],
    },
  ],
})

interface From {
  id: string
  from: string
  name?: string
}

/** A customer writes just now; `content` is Meta's, e.g. `{ type: 'text', text: { body } }`. */
export const whatsAppMessage = (account: Account, { id, from, name = 'Ana' }: From, content: JsonObject): JsonObject =>
  whatsAppEnvelope(account, {
    contacts: [{ wa_id: from, profile: { name } }],
    messages: [{ id, from, timestamp: String(Math.floor(Date.now() / 1_000)), ...content }],
  })

export const whatsAppText = (account: Account, from: From, body: string): JsonObject =>
  whatsAppMessage(account, from, { type: 'text', text: { body } })

/** What became of a message of ours. */
export const whatsAppStatus = (
  account: Account,
  wamid: string,
  status: string,
  errors: JsonObject[] = [],
): JsonObject =>
  whatsAppEnvelope(account, {
    statuses: [
      {
        id: wamid,
        status,
        timestamp: '1697043300',
        recipient_id: '972987654321',
        ...(errors.length === 0 ? {} : { errors }),
      },
    ],
  })
