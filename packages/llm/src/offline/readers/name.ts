import type { Field } from '@copse/contracts'
import { perField } from '../per-field.ts'
import { calledBefore, callingOf } from './called.ts'
import { answersNothing, notNames, pronouns, stopWords } from '../stop-words.ts'
import { isOnlyInWords } from '../kinds.ts'
import { findListed, lastMeant, type Found, type Reader, type Reading } from '../reading.ts'
import { plain } from '../words.ts'

/** Within a name: "Ana de la Cruz". */
const particle = '(?:de (?:la|las|los)|del?|la|y|van(?: der?)?|von|da|dos)'
const capitalised = String.raw`\p{Lu}[\p{L}\p{N}&'’.-]{0,40}(?: (?:&|(?:and (?!I\b)|of |${particle} )?\p{Lu}[\p{L}\p{N}&'’.-]{0,40})){0,3}`
/** "with" and "de" only after something one has with a business: "paid with Visa" and "soy de Madrid" name no shop. */
const dealings = String.raw`(?:orders?|problems?|issues?|trouble|experience|purchase|account|pedidos?|compra|problemas?|tienda|queja)`
const afterPlace = new RegExp(
  String.raw`\b(?:[Ff]rom|[Aa]t|[Ss]old by|[Ee]n|${dealings} (?:with|by|de|con)) ["“«']?(${capitalised})(?![@\p{L}\p{N}])`,
  'gu',
)
const afterTo = new RegExp(
  String.raw`(?:(?<!\p{L})(?:[Tt]o|[Ii]nto|[Aa]|[Hh]acia|[Hh]asta)|→|->) (${capitalised})(?![@\p{L}\p{N}])`,
  'gu',
)
const afterSelf = new RegExp(
  String.raw`\b(?:[Mm]y name is|[Nn]ame is|I am|I['’]m|[Tt]his is|[Cc]all me|[Mm]e llamo|[Mm]i nombre es|[Ss]oy) (${capitalised})`,
  'gu',
)

/**
 * Listed values anywhere, in any case; other names where English and Spanish put them: "from GadgetWorld", "my name is
 * Jane Smith". A reply to a question for this field alone may be a bare name.
 */
export const readName: Reader = (field, reading, asked) => {
  const way = wayOf(field)
  const ofPerson = isPerson(field.key, field.description)
  const listed = findListed(reading, field.examples)
    .map((found) => widen(found, reading.text))
    .flatMap((found) => (ofPerson ? wholeName(found, reading.text) : [found]))
    .filter(({ start }) => way === undefined || !otherWay[way].test(justBefore(reading.text, start)))
  const places = ofPerson ? afterSelf : way === 'to' ? afterTo : afterPlace
  return (
    lastMeant(reading, listed) ??
    lastMeant(reading, capitalNames(reading.text, places)) ??
    lastMeant(reading, capitalNames(reading.text, called(field))) ??
    (asked ? bareName(reading, isOnlyInWords(reading), calledBefore(field), ofPerson) : undefined) ??
    (asked && ofPerson ? besideOthers(reading) : undefined)
  )
}

/** Where a journey begins and where it ends are not taken for one another: "from Madrid to Paris". */
const wayOf = ({ key, title }: Field): 'from' | 'to' | undefined => {
  const names = [key.replaceAll('_', ' '), title ?? '']
  const is = (words: RegExp): boolean => names.some((name) => words.test(name))
  if (is(/^from\b|\bfrom$|\b(?:origin|departure|desde|origen)\b/i)) return 'from'
  return is(/^to\b|\bto$|\b(?:destination|arrival|hacia|destino)\b/i) ? 'to' : undefined
}
const otherWay = {
  from: /(?:(?<!\p{L})(?:to|into|a|hacia|hasta)|→|->) $/iu,
  to: /(?<!\p{L})(?:from|de|desde) $/iu,
}

/** No more than is needed: who looks for an end from each letter of a long message takes seconds. */
const justBefore = (text: string, start: number): string => text.slice(Math.max(0, start - 60), start)

const called = perField((field: Field) => new RegExp(`${callingOf(field)} ?(${capitalised})`, 'gu'))

const isPerson = (key: string, description: string): boolean =>
  /(?:^|_)(?:customer|contact|full|first|last|guest|patient|your)_name$|^name$/.test(key) ||
  /\b(?:customer|person|guest|patient)'?s? (?:full |first )?name\b/i.test(description)

/** "TechMart Electronics" is one name: what is claimed goes on over capitals, the value stays the listed one. */
function widen(found: Found, text: string): Found {
  const more = /^(?: \p{Lu}[\p{L}\p{N}&'’-]{0,40}){1,3}/u.exec(text.slice(found.end, found.end + 130))
  return { ...found, end: found.end + (more?.[0].length ?? 0) }
}

/** An example of a person's name is none of a list: who is called John Smith is not called John. */
function wholeName(found: Found, text: string): Found[] {
  const before = /(\p{Lu}\p{L}+) $/u.exec(justBefore(text, found.start))?.[1]
  const isLast = before !== undefined && !stopWords.has(plain(before)) && isName(before)
  return isLast ? [] : [{ ...found, value: text.slice(found.start, found.end).replace(/['’]s$/, '') }]
}

function capitalNames(text: string, pattern: RegExp): Found[] {
  // in a message all in capitals a capital says nothing
  if (!/\p{Ll}/u.test(text)) return []
  return [...text.matchAll(pattern)].flatMap((match) => {
    const name = (match[1] ?? '').replace(/[.'’&-]+$/, '')
    const start = match.index + match[0].length - (match[1] ?? '').length
    return isName(name) ? [{ start, end: start + name.length, value: name }] : []
  })
}

function isName(name: string): boolean {
  const words = name.split(' ')
  return (
    !pronouns.has(plain(words[0] ?? '')) &&
    words.some((word) => !notNames.has(plain(word))) &&
    words.every((word) => !/^\p{L}{0,8}[-_]?\d+$/u.test(word))
  )
}

/** "Ana López, ana@example.com", for who was asked for both: all that is said besides what others took. */
function besideOthers({ text, claimed }: Reading): Found | undefined {
  if (claimed.length === 0) return undefined
  const rest = claimed.reduce(
    (left, { start, end }) => left.slice(0, start) + ','.repeat(end - start) + left.slice(end),
    text,
  )
  const [said, ...more] = [...rest.matchAll(/[^,;\n]*\p{L}[^,;\n]*/gu)]
  if (!said || more.length > 0) return undefined
  const value = said[0].trim().replace(/\.$/, '')
  const isPlain = new RegExp(`^${capitalised}$`, 'u').test(value) && isName(value) && !answersNothing(value)
  if (!isPlain || value.split(' ').some((word) => stopWords.has(plain(word)))) return undefined
  const start = said.index + said[0].indexOf(value)
  return { start, end: start + value.length, value }
}

const leadIn =
  /^(?:(?:hi|hello|hey|yes|well|oh|um|ok|okay|hola|si|sí)[,!. ]+)?(?:(?:it|that|this|the (?:store|shop|name)|i|we)(?:'s|’s| is| was)? )?(?:(?:called|named|bought (?:it|them|this) |ordered (?:it|them) |purchased (?:it|them) )\s*)?(?:(?:from|at|with|by|es|era|de|en|la tienda es) )?/i

const hello = '^(?:(?:hi|hello|hey|yes|sure|ok|okay|hola|si|sí|claro)[,!. ]+)*'
/** Whoever begins like that says a name, whatever else was asked for. */
const selfIn = new RegExp(
  String.raw`${hello}(?:(?:my )?name(?:['’]s| is)|(?:it['’]s |it is )?under the name(?: of)?|me llamo|mi nombre es|nombre:|a nombre de) `,
  'i',
)
/** So does whoever begins like that and goes on with a capital, where nothing else was asked for: not "I am hungry". */
const maybeIn = new RegExp(
  String.raw`${hello}(?:i am|i['’]?m|it['’]?s|it is|this is|call me|(?:(?:put )?it )?under|on behalf of|for|soy(?: el| la)?|para) `,
  'i',
)
const startsCapital = /^(?:(?:mrs?|ms|miss|dr|sra?|srta|señor(?:a|ita)?|don|doña)\.? )?\p{Lu}/u
const courtesy = /[ ,]+(?:please|thanks|thank you|here|por favor|gracias)$/i
const address = new Set('mr mrs ms miss dr sr sra srta senor senora senorita'.split(' '))
const months = new Set('april may june august'.split(' '))
const inside = new RegExp(String.raw` ${particle}(?= )`, 'giu')

const isWord = (word: string): boolean => stopWords.has(plain(word)) || !isName(word)

function bareName(reading: Reading, onlyAsked: boolean, before: RegExp, ofPerson: boolean): Found | undefined {
  if (answersNothing(reading.text)) return undefined
  const said = reading.text.replace(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]/gu, '').trim()
  const rest = ofPerson ? said.replace(/[.!]+$/, '').replace(courtesy, '') : said.replace(/[.!]+$/, '')
  const own = before.exec(rest)?.[0] ?? (ofPerson ? selfIn.exec(rest)?.[0] : undefined)
  const maybe = ofPerson && onlyAsked ? (maybeIn.exec(rest)?.[0] ?? '') : ''
  const goesOn =
    maybe !== '' && startsCapital.test(rest.slice(maybe.length)) && /\p{Ll}/u.test(rest.slice(maybe.length))
  const lead = own ?? (goesOn ? maybe : leadIn.exec(rest)?.[0]) ?? ''
  // with other words asked for, too, a bare one could be any of them: only "from gadgetworld" is clear
  if (!onlyAsked && own === undefined && !/\b(?:from|at) $/i.test(lead)) return undefined
  const value = rest.slice(lead.length).trim()
  const words = (ofPerson ? value.replace(inside, '') : value).split(/\s+/)
  const sayable = /^[\p{L}\p{N}][\p{L}\p{N}&'’. -]{0,59}$/u.test(value) && /\p{L}{2}/u.test(value)
  // Nobody is called "Mr", and May is somebody who was asked for her name alone.
  const isMonth = ofPerson && reading.task.asked.length === 1 && words.length === 1 && months.has(plain(value))
  const isAddress = ofPerson && words.every((word) => address.has(plain(word).replace('.', '')))
  if (!sayable || words.length > 4 || isAddress || (!isMonth && words.some(isWord))) return undefined
  const start = reading.text.indexOf(value)
  return start < 0 ? undefined : lastMeant(reading, [{ start, end: start + value.length, value }])
}
