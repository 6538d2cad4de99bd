/** Words with which people take back what they said, folded (see words.ts). English and Spanish; the rest is for a model. */
const list = (text: string): string[] => text.split(',').map((phrase) => phrase.trim())

/** They count only beside a value that differs from the one that is known. */
export const correctionMarks = list(`
  i meant, no i meant, sorry i meant, i mean, no i mean, meant to say, actually, no actually, actually it is,
  actually it's, actually it was, sorry it is, sorry it's, sorry it was, no it is, no it's, no it was, wait it is,
  wait it's, wait no, oops, wrong number, wrong one, was wrong, is wrong, i made a mistake, my mistake, mistyped, typo,
  correction, misspoke, should be, should have been, should read, instead, change it to, change that to,
  change the, make it, make that, rather, scratch that,
  quise decir, no quise decir, queria decir, no queria decir, quiero decir, no era, no es, no perdon, en realidad,
  perdon es, perdone es, disculpe es, perdon era, perdone era, me equivoque, me he equivocado, me confundi,
  me he confundido, equivocado, equivocada, error mio, correccion, corrijo, mejor dicho, deberia ser, deberia haber sido,
  tenia que ser, cambielo, cambialo, cambie el, cambie la, en vez de, en lugar de, mas bien, ups
`)

/** At the beginning of a message that holds nothing but a value. */
export const openers = list('no, nope, sorry, wait, oh, perdon, perdone, disculpe, espere, ay')

/** They say nothing beside a value. */
export const littleWords = new Set(
  list(`
  no, nope, sorry, wait, oh, please, thanks, thank, you, the, a, an, my, is, it, it's, its, was, that, this, number, not,
  and, but, to, from, for, of, at, on, i, am, i'm, not, perdon, perdone, disculpe, espere, ay, por, favor, gracias, el, la,
  los, las, lo, un, una, mi, es, era, ese, esa, esto, eso, numero, y, pero, sino, a, de, del, en, que, para, las, dollars, euros,
  dolares, $, #
`),
)
