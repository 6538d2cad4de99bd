/**
 * Words that mean the same everywhere, folded (see words.ts). English and Spanish; a reply in another language falls
 * through to classification.
 */
const list = (text: string): string[] => text.split(',').map((phrase) => phrase.trim())

export const yesWords = list(`
  yes, yea, yep, yeah, yup, sure, ok, correct, exactly, do it, go ahead, that is right, that's right,
  thats right, that's it, thats it, that's the one, thats the one, that one, sounds good, of course,
  affirmative, go for it,
  confirm, confirmed, si, sip, hazlo, hagalo, afirmativo, confirmado, efectivamente, claro, vale, correcto, de acuerdo, adelante, eso es, exacto, confirmo
`)

/** Yes only when nothing else is said: "please" is, "more details please" is not. */
export const yesAlone = new Set(
  list(`
  please, right, perfect, great, fine, good, thanks, thank, you, it, is, that, all, so, very, then,
  por, favor, perfecto, bien, gracias, que
`),
)

/** The same, of several words. "Absolutely useless" and "tampoco está bien" agree to nothing. */
export const yesWhole = list(`
  looks good to me, looks good, please do, absolutely, definitely, por supuesto, asi esta bien, esta bien asi, esta bien, asi es, es cierto, dale
`)

/** Whoever says one of these has not made up their mind. */
export const doubts = list(`
  but, wait, hold on, moment, maybe, perhaps, first, later, explain, question, why, what, when, how, who, where,
  which, puede decir, puedes decir, podria decir, puede decirme,
  puedes decirme, podria decirme, que hora, cual, donde, quien, cuanta, cuantos, cuantas, pero, espera, espere, momento, quiza, quizas, tal vez, antes, luego, pregunta, por que, cuando,
  cuanto
`)

/** "No" is in them, and they are neither yes nor no. */
export const unsureWords = list(`
  not sure, unsure, don't know, dont know, do not know, no idea, no clue, not certain, no se, no lo se,
  ni idea, no estoy seguro, no estoy segura
`)

/** Who names something else ("the other one") has said no. */
export const noWords = list(`
  no, nop, nope, nah, negative, negativo, jamas, ni hablar, not really, wrong, incorrect, not that, that's wrong, thats wrong, cancel,
  never mind, stop, don't, dont, para nada, incorrecto, cancela, mal, none, neither, ninguno, ninguna,
  meant, other one, another, different, quise decir, me referia, otro, otra
`)

export const personPhrases = list(`
  human, real person, a person, talk to someone, speak to someone, speak with someone, talk with someone,
  an agent, live agent, representative, supervisor, manager, escalate, persona, un agente, humano,
  encargado, encargada, hablar con alguien, talk to agent, talk with agent, speak to agent, speak with agent,
  hablar con agente, hablar con un asesor, hablar con una asesora, hablar con un operador, hablar con una operadora
`)

/** A person only when nothing else is said: "agent" is, "travel agent" is not. */
export const personAlone = new Set(
  list(`agent, agents, operator, someone, somebody, staff, agente, asesor, asesora, operador, operadora, alguien`),
)

export const negations = new Set(
  list("not, no, never, don't, dont, doesn't, isn't, won't, can't, cannot, without, nunca, sin"),
)
