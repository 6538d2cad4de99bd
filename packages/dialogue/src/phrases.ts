/** Fixed sentences for what no author wrote: said when nothing else can be. */
const phrases = {
  en: {
    menu: 'Hello! What can I help you with?',
    unclear: 'Sorry, I did not understand that. What can I help you with?',
    which: 'Which of these do you mean?',
    handoff: 'I am passing this to a colleague who will get back to you.',
    dead_end:
      'I am sorry, I cannot finish this here. I am passing it to a colleague who will get back to you; nothing you told me is lost.',
    ended: 'This conversation is closed. Send a new message whenever you need us.',
  },
  es: {
    menu: '¡Hola! ¿En qué puedo ayudarle?',
    unclear: 'Perdone, no le he entendido. ¿En qué puedo ayudarle?',
    which: '¿A cuál de estos se refiere?',
    handoff: 'Paso su caso a una persona del equipo, que le responderá.',
    dead_end:
      'Lo siento, no puedo terminar esto aquí. Paso su caso a una persona del equipo, que le responderá; no se pierde nada de lo que me ha dicho.',
    ended: 'Esta conversación está cerrada. Escríbanos cuando lo necesite.',
  },
} as const

export type Phrase = keyof (typeof phrases)['en']

export function phrase(name: Phrase, language: string): string {
  return (language.startsWith('es') ? phrases.es : phrases.en)[name]
}
