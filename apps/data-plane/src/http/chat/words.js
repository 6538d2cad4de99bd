// The page's own words. What is said in the conversation comes from the server.
const words = {
  en: {
    online: 'Online',
    reconnecting: 'Reconnecting…',
    fresh: 'New conversation',
    hello: 'Hello!',
    invitation: 'How can we help you today?',
    messages: 'Messages',
    suggestions: 'Suggested replies',
    message: 'Your message',
    placeholder: 'Write a message…',
    send: 'Send',
    today: 'Today',
    you: 'You',
    us: 'Reply',
    typing: 'A reply is being written',
    notSent: 'The message could not be sent. Check your connection and try again.',
    tooLong: 'The message is too long. Please shorten it.',
  },
  es: {
    online: 'En línea',
    reconnecting: 'Reconectando…',
    fresh: 'Nueva conversación',
    hello: '¡Hola!',
    invitation: '¿En qué podemos ayudarle?',
    messages: 'Mensajes',
    suggestions: 'Respuestas sugeridas',
    message: 'Su mensaje',
    placeholder: 'Escriba un mensaje…',
    send: 'Enviar',
    today: 'Hoy',
    you: 'Usted',
    us: 'Respuesta',
    typing: 'Se está escribiendo una respuesta',
    notSent: 'No se pudo enviar el mensaje. Compruebe su conexión e inténtelo de nuevo.',
    tooLong: 'El mensaje es demasiado largo. Acórtelo, por favor.',
  },
}

let spoken = 'en'

export const language = () => spoken
export const word = (name) => (words[spoken.slice(0, 2)] ?? words.en)[name]

/** Fills every element that is marked with a word. */
export function speak(tenantLanguage) {
  spoken = tenantLanguage
  document.documentElement.lang = spoken
  for (const marked of document.querySelectorAll('[data-word]')) marked.textContent = word(marked.dataset.word)
}
