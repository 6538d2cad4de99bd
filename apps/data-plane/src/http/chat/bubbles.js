// Rows of the log. Text goes in as text, never as markup.
import { language, word } from './words.js'

const time = (at) => new Intl.DateTimeFormat(language(), { hour: '2-digit', minute: '2-digit' }).format(at)
const day = (at) => new Intl.DateTimeFormat(language(), { weekday: 'long', day: 'numeric', month: 'long' }).format(at)

export function bubble({ author, text, payload, at }) {
  const row = document.createElement('li')
  row.className = `row ${author}`
  const said = document.createElement('p')
  said.className = 'said'
  said.append(who(author), text || payload || '')
  const when = document.createElement('time')
  when.dateTime = new Date(at).toISOString()
  when.textContent = time(at)
  row.append(said, when)
  return row
}

/** Read out, not shown: the side of the bubble says it to the eye. */
function who(author) {
  const name = document.createElement('span')
  name.className = 'unseen'
  name.textContent = `${word(author === 'customer' ? 'you' : 'us')}: `
  return name
}

export function dayMark(at) {
  const row = document.createElement('li')
  row.className = 'day'
  row.textContent = new Date(at).toDateString() === new Date().toDateString() ? word('today') : day(at)
  return row
}

export function typingRow() {
  const row = document.createElement('li')
  row.className = 'row business typing'
  const said = document.createElement('p')
  said.className = 'said'
  const words = document.createElement('span')
  words.className = 'unseen'
  words.textContent = word('typing')
  said.append(words, ...[1, 2, 3].map(() => document.createElement('i')))
  row.append(said)
  return row
}
