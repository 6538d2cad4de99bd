/** Whole messages only: "stop" inside a sentence asks for nothing. */
const out: Readonly<Record<string, readonly string[]>> = {
  en: ['stop', 'stop all', 'stopall', 'unsubscribe', 'opt out', 'optout', 'stop promotions'],
  es: ['baja', 'darme de baja', 'dar de baja', 'cancelar suscripcion', 'no molestar'],
  pt: ['parar', 'descadastrar', 'cancelar inscricao', 'sair da lista'],
  fr: ['arret', 'desabonner', 'se desabonner', 'me desabonner', 'desinscription'],
  de: ['stopp', 'abmelden', 'abbestellen'],
  it: ['disiscrivi', 'disiscrivimi', 'cancella iscrizione'],
  nl: ['afmelden', 'uitschrijven'],
}
const back: Readonly<Record<string, readonly string[]>> = {
  en: ['start', 'unstop', 'subscribe', 'resubscribe', 'opt in', 'optin'],
  es: ['alta', 'darme de alta', 'suscribirme'],
  pt: ['iniciar', 'voltar a receber', 'inscrever'],
  fr: ['reabonner', 'me reabonner', 'reprendre'],
  de: ['anmelden', 'wieder anmelden'],
  it: ['iscrivimi', 'riprendi'],
  nl: ['aanmelden', 'inschrijven'],
}
const meanings = new Map<string, 'out' | 'in'>([
  ...Object.values(out).flatMap((words) => words.map((word) => [word, 'out'] as const)),
  ...Object.values(back).flatMap((words) => words.map((word) => [word, 'in'] as const)),
])

/** Longer messages are none of these: they need not be looked at. */
const maxLength = 40

/** Whether a message asks, in words of law or custom, to hear nothing more, or to hear from us again. */
export function consentIn(text: string): 'out' | 'in' | undefined {
  if (text.length > maxLength) return undefined
  const folded = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return meanings.get(folded)
}
