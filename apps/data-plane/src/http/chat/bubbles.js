// Rows of the log. Text goes in as text, never as markup.
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })

export function bubble({ author, text, payload, at }) {
  const row = document.createElement('li')
  row.className = `row ${author}`
  const said = document.createElement('p')
  said.className = 'said'
  said.append(who(author), text || payload || '')
  const when = document.createElement('time')
  when.dateTime = new Date(at).toISOString()
  when.textContent = time.format(at)
  row.append(said, when)
  return row
}

/** Read out, not shown: the side of the bubble says it to the eye. */
function who(author) {
  const name = document.createElement('span')
  name.className = 'unseen'
  name.textContent = author === 'customer' ? 'You: ' : 'Reply: '
  return name
}

export function dayMark(at) {
  const row = document.createElement('li')
  row.className = 'day'
  row.textContent = new Date(at).toDateString() === new Date().toDateString() ? 'Today' : day.format(at)
  return row
}

export function typingRow() {
  const row = document.createElement('li')
  row.className = 'row business typing'
  const said = document.createElement('p')
  said.className = 'said'
  said.innerHTML = '<span class="unseen">Writing a reply</span><i></i><i></i><i></i>'
  row.append(said)
  return row
}
