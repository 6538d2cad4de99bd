/** Words for what can be said at any time, folded (see words.ts). English and Spanish; the rest is for a model. */
const list = (text: string): string[] => text.split(',').map((phrase) => phrase.trim())

/** Meant wherever they stand in a reply that is no answer. */
export const cancelPhrases = list(`
  forget it, forget about it, forget the whole thing, never mind, nevermind, cancel this, cancel everything,
  cancel it all, cancel all of this, cancel the whole thing, cancel this conversation, stop this, i give up,
  let's stop here, lets stop here, don't want to continue, dont want to continue, do not want to continue,
  don't want to go on, dont want to go on, do not want to go on,
  olvidelo, olvidalo, olvidese, olvidemoslo, cancelar todo, cancele todo, cancela todo, cancelalo todo,
  no quiero seguir, no quiero continuar, dejemoslo, dejelo estar, dejalo estar, lo dejo
`)

/** Meant only when little else is said: "cancel my order" is about an order. */
export const cancelAlone = new Set(
  list(`
  cancel, stop, quit, exit, abort, leave it, drop it, end, the end, forget,
  cancelar, cancele, cancela, salir, parar, pare, para, basta, terminar, dejelo, dejalo, da igual
`),
)

/** They say that something is no matter, and go before what is wanted instead. */
export const shrugs = list(`
  da igual, me da igual, es igual, no importa, no pasa nada, it doesn't matter, doesn't matter, it does not matter,
  does not matter, whatever
`)

/** Meant only after one of those: by itself "cancel it" may be about what was just offered. */
export const cancelAfterShrug = new Set(
  list('cancel it, cancelalo, cancelelo, cancelala, cancelela, anulalo, anulelo, anulala, anulela'),
)

export const repeatPhrases = list(`
  what did you say, what did you ask, what was that, what was the question, say that again, say it again,
  can you repeat, could you repeat, please repeat, repeat please, repeat that, repeat the question, repeat it,
  repeat, come again, pardon, i beg your pardon, ask me again,
  que dijo, que ha dicho, que dijiste, que has dicho, que me pregunto, cual era la pregunta, puede repetir,
  puedes repetir, podria repetir, repita, repitelo, repitalo, repite, repetir, otra vez por favor, como dice
`)

export const forgetPhrases = list(`
  delete my data, delete all my data, delete all of my data, delete my information, delete my personal data,
  delete my personal information, delete my details, delete everything about me, delete everything you know about me,
  delete everything you have about me, erase my data, erase all my data, erase my personal data, remove my data,
  remove all my data, remove my personal data, forget my data, forget me, right to be forgotten,
  borre mis datos, borrar mis datos, borra mis datos, borren mis datos, borre todos mis datos, borrar todos mis datos,
  elimine mis datos, eliminar mis datos, elimina mis datos, eliminen mis datos, eliminar todos mis datos,
  elimine todos mis datos, suprimir mis datos, suprima mis datos, derecho al olvido
`)

/** They go with anything and say nothing. */
export const courtesies = new Set(
  list(`
  please, sorry, thanks, thank, you, ok, just, now, hey, hi, hello, no, well, oh, then, and, i, want, to, would, like,
  can, could, wanna, all, right, here, for, me, it's,
  por, favor, gracias, pues, ya, ahora, perdon, disculpe, hola, bueno, quiero, mejor, entonces, y
`),
)
