import { is } from '../titles.ts'
import type { Phrasebook } from './phrasebook.ts'

/** Titles are in the author's language, so that here they only choose a sentence and never appear in one. */
export const spanish: Phrasebook = {
  and: 'y',
  or: 'o',
  collect({ part, said }, asks) {
    if (part.outcome === 'no')
      return asks
        ? `Disculpe, no le he entendido. ¿Podría decirme ${asks}?`
        : 'Disculpe, no le he entendido. ¿Podría decirlo de otra manera?'
    const question = asks ? `¿Podría decirme ${asks}?` : '¿Podría contarme un poco más?'
    if (said.length > 0 || part.outcome === 'ok') return question
    return is.trouble(part.title)
      ? `Siento que haya habido un problema. ${question}`
      : `Claro, le ayudo con eso. ${question}`
  },
  call: ({ part }) =>
    ({
      ok: '',
      no: is.lookup(part.title) ? 'Lo siento, no he encontrado nada con esos datos.' : 'Lo siento, no ha sido posible.',
      unavailable: 'Lo siento, ahora mismo no puedo acceder a nuestro sistema.',
      uncertain: 'Todavía se está procesando. Lo he anotado y nos aseguraremos de que se haga una sola vez.',
      repeated: 'Eso ya estaba hecho, así que no se ha repetido nada.',
    })[part.outcome ?? 'ok'],
  inform({ part }) {
    if (is.notFound(part.title))
      return 'Lo siento, no lo he encontrado. Puede que haya un error en el número o que esté con otros datos.'
    if (is.denial(part.title))
      return `Lo siento, en este caso no es posible${is.window(part.title) ? ' porque ha pasado demasiado tiempo' : ''}.`
    if (is.offer(part.title))
      return 'Siento las molestias. He anotado lo que ha pasado y me gustaría solucionarlo con usted.'
    if (is.greeting(part.title)) return '¡Hola! ¿En qué puedo ayudarle?'
    return ''
  },
  choose({ part }, options) {
    if (part.outcome === 'no') return `Disculpe, no sé a cuál se refiere. ${options}`.trim()
    return options
  },
  pause({ part }) {
    return part.outcome === 'no' ? 'Disculpe, no le he entendido bien. ¿Es correcto, sí o no?' : '¿Es correcto?'
  },
  confirm: ({ part }) =>
    part.outcome === 'no'
      ? 'Disculpe, necesito un sí o un no claro. ¿Sigo adelante?'
      : 'Solo para confirmar: ¿sigo adelante?',
  several: () => 'He encontrado más de una coincidencia. ¿Cuál es?',
  classify: () => 'Quiero estar seguro de haberle entendido. ¿Cuál de estas opciones encaja mejor?',
  handoff: (_scene, reference) =>
    `Paso su caso a una persona del equipo, que se pondrá en contacto con usted.${reference ? ` Su referencia es ${reference}.` : ''}`,
  unavailable: () => 'Lo siento, ahora mismo no puedo acceder a nuestro sistema.',
  fallback: ({ part }) =>
    part.options?.length
      ? 'No estoy seguro de haberle entendido. ¿En qué puedo ayudarle?'
      : 'Lo siento, con eso no puedo ayudarle aquí. ¿Podría decirlo de otra manera?',
  apology: () => 'Lo siento, algo ha fallado por nuestra parte.',
  end: () => 'Gracias por escribirnos. Si necesita algo más, escríbame por aquí.',
}
