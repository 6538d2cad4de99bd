import { plain } from './words.ts'

/** What we call a thing when we ask for it: [words in a key or title, English, Spanish]. First match wins. */
const known: [RegExp, string, string][] = [
  [/\border (?:id|number|no|code)\b|^order$|n[uú]mero (?:de|del) pedido/, 'your order number', 'su número de pedido'],
  [/\balert (?:id|number|code|identifier)\b|^alert$/, 'the alert number', 'el número de la alerta'],
  [/\baccount (?:id|number)\b/, 'the account number', 'el número de cuenta'],
  [/\bcase (?:id|number)\b/, 'your case number', 'su número de caso'],
  [/\b(?:booking|reservation) (?:id|number|code|ref(?:erence)?)\b/, 'your booking number', 'su número de reserva'],
  [/\b(?:complaint|problem|issue)\b|what happened|\bqueja\b/, 'what happened', 'qué ha pasado'],
  [/\bmerchant\b|\b(?:store|shop)(?: name)?\b|\btienda\b/, 'the name of the store', 'el nombre de la tienda'],
  [/\bitem\b|\bproduct\b|\bproducto\b/, 'what you bought', 'qué compró'],
  [
    /\b(?:approx\w*|rough\w*|about)\b.*\b(?:amount|price|total|cost)\b|^(?:price|cost)$/,
    'roughly how much it cost',
    'cuánto costó más o menos',
  ],
  [/^(?:amount|total|importe)$/, 'the amount', 'el importe'],
  [/\be ?mail\b|\bcorreo\b/, 'your e-mail address', 'su correo electrónico'],
  [/\bphone\b|\bmobile\b|\btel[eé]fono\b/, 'your phone number', 'su número de teléfono'],
  [/^(?:customer |full |your )?name$|\bnombre\b/, 'your name', 'su nombre'],
  [/\bcompany\b|\bempresa\b/, 'the name of your company', 'el nombre de su empresa'],
  [/\bpeople\b|\bpersonas\b/, 'for how many people it is', 'para cuántas personas es'],
  [/\breason\b|\bmotivo\b/, 'the reason', 'el motivo'],
  [/\baddress\b|\bdirecci[oó]n\b/, 'your address', 'su dirección'],
  [
    /^(?:customer |your )?(?:date of birth|birth ?date|dob)$|^(?:su )?fecha de nacimiento$/,
    'your date of birth, with the year',
    'su fecha de nacimiento, con el año',
  ],
  [/^date$|\bfecha\b/, 'the date', 'la fecha'],
]

/** A key, a title or a description of a field as words that fit after "Could you tell me". */
export function askFor(field: string, language: 'en' | 'es'): string {
  const words = plain(field.replaceAll(/[_-]+/g, ' ')).trim()
  const [, en, es] = known.find(([pattern]) => pattern.test(words)) ?? []
  if (en !== undefined && es !== undefined) return language === 'es' ? es : en
  const title = field
    .replaceAll('_', ' ')
    .replace(/\s*(?:\blike\b|\be\.?g\.?|,|\().*$/i, '')
    .replace(/\bid$/i, 'number')
    .trim()
  const spoken = /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title
  if (/^(?:the|your|an?|what|when|where|which|how|if|el|la|tu|los|las|qu[eé]|cu[aá]ndo|c[oó]mo) /i.test(spoken))
    return spoken
  return language === 'es' ? `${thisOne}${spoken}` : `the ${spoken}`
}

const thisOne = 'este dato: '

/** A title whose article nobody knows is introduced once for all. */
export const ofSeveral = (asks: string, language: 'en' | 'es'): string =>
  language === 'es' && asks.includes(thisOne) ? `lo siguiente: ${asks.replaceAll(thisOne, '')}` : asks
