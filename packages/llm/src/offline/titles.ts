/**
 * Step titles are the author's names for steps ("Deny Refund — Outside Window"). Without a `say` they are all that may
 * be known about what a step tells, since the instruction is for a model only. They choose among built-in sentences.
 */
const has =
  (words: RegExp) =>
  (title: string): boolean =>
    words.test(title)

export const is = {
  trouble: has(/\b(?:complaint|problem|issue|incident|queja|problema|incidencia)/i),
  lookup: has(/\b(?:look ?up|find|search|retrieve|fetch|get|check|load|buscar|consultar)\b/i),
  notFound: has(/\b(?:not found|no match|no encontrad[oa]|missing|unknown)\b/i),
  denial: has(/\b(?:den(?:y|ied)|declin|reject|refus|not eligible|ineligible|rechaz|deneg)/i),
  window: has(/\b(?:outside|window|expired|too (?:late|old)|fuera de plazo|plazo)\b/i),
  offer: has(/\b(?:propos|offer|suggest|resolution|resolve|ofrecer|soluci[oó]n)/i),
  greeting: has(/\b(?:greet|welcome|hello|bienvenid|saludo)/i),
}

const leadVerb =
  /^(?:deny|decline|reject|refuse|look up|find|search|retrieve|get|check|process|issue|close|flag|cancel|freeze|delete|clear|escalate|send|book|create|update|submit|confirm|document|open|change|refund|report)\s+/i

const wordsOfTitle = (title: string): string => title.replace(/\s+[—–-]\s+.*$/, '').trim()

/** "Order Not Found" → "order"; "Deny Refund — Outside Window" → "refund". */
export function subjectOf(title: string): string {
  const words = wordsOfTitle(title)
    .replace(leadVerb, '')
    .replace(/\s+(?:not found|denied|declined|rejected|refused)\b.*$/i, '')
    .toLowerCase()
  return /^[a-z]{3,20}( [a-z]{3,20})?$/.test(words) ? words : ''
}

/** "Flag Account for Fraud" → "flag the account for fraud"; '' when it does not begin like an action. */
export function verbPhrase(title: string): string {
  const words = wordsOfTitle(title)
  const verb = leadVerb.exec(words)?.[0]
  if (verb === undefined) return ''
  const rest = words.slice(verb.length).toLowerCase()
  return `${verb.trim().toLowerCase()} ${/^(?:the|an?|your|this|it)\b/.test(rest) ? rest : `the ${rest}`}`
}
