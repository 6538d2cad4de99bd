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
    notYet: 'Not sent yet. It goes out by itself as soon as there is a connection.',
    late: 'This was written a while ago and may not have arrived. Send it again if it still matters.',
    noCookies: 'This chat needs cookies. Please allow them for this page and open it again.',
    refused: 'The message could not be sent. Please open this page again.',
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
    notYet: 'Aún no se ha enviado. Saldrá por sí solo en cuanto haya conexión.',
    late: 'Esto se escribió hace un rato y quizá no llegó. Envíelo de nuevo si aún hace falta.',
    noCookies: 'Este chat necesita cookies. Permítalas para esta página y vuelva a abrirla.',
    refused: 'No se pudo enviar el mensaje. Vuelva a abrir esta página, por favor.',
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
