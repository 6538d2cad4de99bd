import type { Echo } from '@copse/contracts'
import { addressOf, fieldsOf, idOf, stringOf, textOf, type Fields } from './read.ts'

/** What a person of the business wrote in the WhatsApp app. A reaction, an edit or a deletion there is no message. */
export function echoOf(echo: Fields, channel: string): Echo | 'reaction' | 'edit' | 'delete' | undefined {
  const type = stringOf(echo['type']) ?? ''
  if (type === 'reaction') return 'reaction'
  if (type === 'edit') return 'edit'
  if (type === 'revoke') return 'delete'
  const alias = addressOf(echo['to']) ?? addressOf(echo['to_user_id'])
  const messageId = idOf(echo['id'])
  if (alias === undefined || messageId === undefined) return undefined
  const content = fieldsOf(echo[type])
  const text = textOf(content['body']) ?? textOf(content['caption'])
  return { channel, messageId, alias, ...(text === undefined ? {} : { text }) }
}
