import { plain } from './words.ts'

/** Small word lists, English and Spanish. Lists, not grammar: a word is added when a real message needs it. */
const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Words that say nothing by themselves. */
export const stopWords = list(`
  a an the this that these those my your our his her its their mine it i i'm i'd i've i'll im me we us you he she they them
  am is are was were be been being do does did done doing has have had having can could will would shall should may might must
  to of in on at for from with by about as into over out up and or but so if then than because when while also just very
  really please there here some any all each one ones no not don't didn't isn't wasn't what which who how why where
  several many few couple lot lots dozen dozens
  want wanted wanting need needed like get got getting make made making file give given let help helping hi hello hey
  dear good morning afternoon evening thanks thank ok okay yes yeah well am still again say tell know think instead actually
  un una unos unas el la los las lo le les mi mis tu tus su sus este esta estos estas ese esa eso esto yo nosotros usted
  es son era fue ser estar estoy esta soy he ha han hay tener tengo tiene quiero quisiera necesito puedo puede por para con
  sin de del al en y o u pero que como cuando donde porque si no se me te nos muy mas ya hola buenas buenos dias tardes
  noches gracias favor hacer poner`)

/** Words for the business at hand, true of nearly every message. */
export const genericWords = list(`
  order orders purchase item items product products thing things problem problems issue issues complaint complaints
  question questions request requests case number numbers refund refunds return returns store shop bought buy ordered
  pedido pedidos compra producto productos cosa problema problemas queja quejas pregunta consulta numero reembolso devolucion tienda`)

/** Whom one asks for, and nothing that one buys. */
export const people = list(`
  person people human humans agent supervisor manager representative colleague someone somebody
  persona personas humano agente supervisora encargado encargada responsable alguien`)

/** No name begins with one of these, capital or not. */
export const pronouns = list(`
  i my me mine you your we our us it its he she they them his her their this that these those the a an there here
  not no yes what when where why how who which and or but please thanks hi hello mi mis tu su sus el la los las un una
  este esta ese esa`)

/** Capitalised words that are no name by themselves: days, months, feasts, parts of the day, "Home". */
export const notNames = list(`
  monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday morning afternoon evening night
  day week month year january february march april may june july august september october november december
  jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun am pm
  lunes martes miercoles jueves viernes sabado domingo hoy ayer manana enero febrero marzo abril mayo junio julio
  agosto septiembre octubre noviembre diciembre christmas easter halloween thanksgiving navidad
  black cyber least last first once all home work school order`)

const noAnswers = list(`
  yes yeah yep no nope ok okay sure fine thanks hello hi hey help what huh hmm idk dunno nothing none nevermind maybe
  si vale claro hola ayuda nada ninguno gracias que eh`)

const noAnswerPhrase =
  /\b(?:dunno|no idea|not sure|no clue|idk|(?:don'?t|do not|can'?t|cannot|didn'?t) (?:really )?(?:know|remember|recall|have (?:it|one|that|any))|no (?:lo )?se|ni idea|no (?:lo )?recuerdo|no me acuerdo|no estoy segur[oa]|never ?mind)\b/

/** A reply that answers nothing, whatever was asked: "dunno", "not sure", "?", "hello", "what do you mean?". */
export function answersNothing(reply: string): boolean {
  const text = plain(reply.slice(0, 200))
  const words = text.match(/[\p{L}\p{N}']+/gu) ?? []
  if (words.every((word) => noAnswers.has(word))) return true
  if (words.length <= 8 && noAnswerPhrase.test(text)) return true
  return /^[¿\s]*(?:what|why|how|who|which|can you|could you|que|por que|como|quien|cual)\b[^.!]*\?\s*$/.test(text)
}
