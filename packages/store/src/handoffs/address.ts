import type { Sql } from '../sql.ts'

export interface Address {
  alias: string
  language?: string
}

/** Where the customer wrote from last, and in which language. */
export function addressOf(
  sql: Sql,
  { conversationId, contactId, channel }: { conversationId: string; contactId: string; channel: string },
): Address | undefined {
  const wrote = sql.get<{ alias: string; language: string | null }>(
    `SELECT i.alias, json_extract(i.event, '$.language') AS language
     FROM messages m JOIN inbox i ON i.turn_id = m.turn_id
     WHERE m.conversation_id = ? AND m.author = 'customer' ORDER BY m.seq DESC, i.id DESC LIMIT 1`,
    [conversationId],
  )
  if (wrote) return { alias: wrote.alias, ...(wrote.language === null ? {} : { language: wrote.language }) }
  return sql.get<Address>('SELECT alias FROM aliases WHERE channel = ? AND contact_id = ?', [channel, contactId])
}
