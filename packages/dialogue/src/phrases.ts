/** Fixed sentences for what no author wrote: said when nothing else can be. */
const phrases = {
  en: {
    menu: 'Hello! What can I help you with?',
    unclear: 'Sorry, I did not understand that. What can I help you with?',
    which: 'Which of these do you mean?',
    handoff: 'I am passing this to a colleague who will get back to you.',
    dead_end:
      'I am sorry, I cannot finish this here. I am passing it to a colleague who will get back to you; nothing you told me is lost.',
    yes_or_no: 'Sorry, I need a yes or a no.',
    several_again: 'Sorry, which of these is it?',
    unreadable: 'I cannot read that kind of message. Please write it to me in words.',
    still_there: 'Are you still there? I am waiting for your answer, and happy to go on.',
    goodbye: 'All right. Write to me any time if there is anything else.',
    opted_out: 'You will get no more messages from us here. Write START if you change your mind.',
    still_waiting:
      'Sorry, this is taking longer than usual. Nobody has forgotten you: a colleague will get back to you as soon as possible.',
    given_back: 'Our colleague has finished here. I am the assistant again: write to me any time.',
    ended: 'This request is settled. Write to me any time if there is anything else.',
    ended_with_person: 'A colleague has this case and will get back to you. For anything else, just write to me.',
  },
  es: {
    menu: '¡Hola! ¿En qué puedo ayudarle?',
    unclear: 'Perdone, no le he entendido. ¿En qué puedo ayudarle?',
    which: '¿A cuál de estos se refiere?',
    handoff: 'Paso su caso a una persona del equipo, que le responderá.',
    dead_end:
      'Lo siento, no puedo terminar esto aquí. Paso su caso a una persona del equipo, que le responderá; no se pierde nada de lo que me ha dicho.',
    yes_or_no: 'Disculpe, necesito un sí o un no.',
    several_again: 'Disculpe, ¿cuál de estos es?',
    unreadable: 'No puedo leer ese tipo de mensaje. Por favor, escríbamelo con palabras.',
    still_there: '¿Sigue ahí? Espero su respuesta para continuar.',
    goodbye: 'De acuerdo. Escríbame cuando quiera si necesita algo más.',
    opted_out: 'No recibirá más mensajes nuestros por aquí. Escriba ALTA si cambia de opinión.',
    still_waiting:
      'Disculpe, está tardando más de lo habitual. No nos hemos olvidado de usted: una persona del equipo le responderá en cuanto pueda.',
    given_back: 'Mi compañero ha terminado. Vuelve a atenderle el asistente: escríbame cuando quiera.',
    ended: 'Esta gestión está terminada. Escríbame cuando quiera si necesita algo más.',
    ended_with_person: 'Una persona del equipo tiene su caso y le responderá. Para cualquier otra cosa, escríbame.',
  },
} as const

export type Phrase = keyof (typeof phrases)['en']

export function phrase(name: Phrase, language: string): string {
  return (language.startsWith('es') ? phrases.es : phrases.en)[name]
}
