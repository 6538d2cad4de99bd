// The chat itself: what was said, what can be tapped, what is being sent. The panel beside it is inspector.js.
import { bubble, dayMark, typingRow } from './bubbles.js'
import { speak, word } from './words.js'

const $ = (id) => document.getElementById(id)
const log = $('log')
const input = $('text')
const options = $('options')
const trouble = $('trouble')

/** Sent by this page and not yet seen on the stream, oldest first. */
const unconfirmed = []
let config
let inspector
let lastDay = ''
let typing

/** Where the conversation in view begins, and whether its first message is still to be sent; kept over a reload. */
const view = {
  key: () => `copse:${config.tenant.slug}:${config.speakingAs ?? 'visitor'}`,
  read: () => JSON.parse(sessionStorage.getItem(view.key()) ?? '{"from":0,"fresh":false}'),
  write: (next) => sessionStorage.setItem(view.key(), JSON.stringify(next)),
}
let lastSeq = 0

await start().catch(() => connected(false))

async function start() {
  config = await (await fetch('/chat/config')).json()
  document.title = config.tenant.name
  speak(config.language)
  log.setAttribute('aria-label', word('messages'))
  options.setAttribute('aria-label', word('suggestions'))
  $('send').setAttribute('aria-label', word('send'))
  input.placeholder = word('placeholder')
  $('tenant').textContent = config.tenant.name
  $('avatar').textContent = config.tenant.name.trim().charAt(0).toUpperCase()
  if (config.inspector) {
    const { createInspector } = await import('./inspector.js')
    inspector = createInspector($('inspector'))
    offerCustomers()
  }
  listen()
  input.focus()
}

function offerCustomers() {
  if (config.customers.length === 0) return
  const select = $('customer')
  for (const { id, name } of [{ id: '', name: 'Anonymous visitor' }, ...config.customers]) {
    select.add(new Option(id && name !== id ? `${name} (${id})` : name, id))
  }
  select.value = config.speakingAs ?? ''
  $('speaker').hidden = false
  select.addEventListener('change', () => {
    void post('/chat/visitor', { as: select.value || null }).then(() => location.reload())
  })
}

function listen() {
  // A new conversation begins after what was said before.
  const { from } = view.read()
  lastSeq = from
  const events = new EventSource(`/chat/events?after=${from}`)
  events.addEventListener('open', () => connected(true))
  events.addEventListener('error', () => connected(false))
  events.addEventListener('message', (event) => receive(JSON.parse(event.data)))
  events.addEventListener('turn', (event) => {
    if (!view.read().fresh) inspector?.show(JSON.parse(event.data))
  })
}

function connected(yes) {
  $('connection').textContent = word(yes ? 'online' : 'reconnecting')
  $('connection').dataset.state = yes ? 'on' : 'off'
}

function receive(message) {
  lastSeq = message.seq
  if (message.author === 'customer') {
    const mine = unconfirmed.findIndex(
      ({ text, payload }) => text === (message.text ?? '') && payload === message.payload,
    )
    if (mine >= 0) {
      unconfirmed.splice(mine, 1)[0].row.dataset.state = 'sent'
      return
    }
  } else {
    stopTyping()
    offer(message.options ?? [])
  }
  append(bubble(message), message.at)
}

function append(row, at) {
  $('welcome').hidden = true
  const follow = log.scrollHeight - log.scrollTop - log.clientHeight < 120
  const day = new Date(at).toDateString()
  if (day !== lastDay) log.append(dayMark(at))
  lastDay = day
  log.append(row)
  if (typing) log.append(typing)
  if (follow) log.scrollTop = log.scrollHeight
}

function offer(choices) {
  options.replaceChildren(
    ...choices.map(({ id, title, description }) => {
      const button = document.createElement('button')
      button.type = 'button'
      button.textContent = title
      if (description) button.title = description
      button.addEventListener('click', () => void send({ text: title, payload: id }))
      return button
    }),
  )
  log.scrollTop = log.scrollHeight
}

async function send({ text, payload }) {
  const id = crypto.randomUUID()
  const row = bubble({ author: 'customer', text, at: Date.now() })
  row.dataset.state = 'sending'
  unconfirmed.push({ text, payload, row })
  append(row, Date.now())
  log.scrollTop = log.scrollHeight
  offer([])
  startTyping()
  const { from, fresh } = view.read()
  view.write({ from, fresh: false })
  const body = { id, text, ...(payload ? { payload } : {}), ...(fresh ? { fresh } : {}) }
  await deliver(body, row)
  input.focus()
}

/** The id stays the same, so however often this is tried, the message counts once. */
async function deliver(body, row) {
  trouble.hidden = true
  for (const waitMs of [500, 1500, 4000, 0]) {
    try {
      await post('/chat/messages', body)
      return
    } catch (problem) {
      if (problem.retryable !== false && waitMs > 0) {
        await new Promise((resolve) => setTimeout(resolve, waitMs))
        continue
      }
      stopTyping()
      row.dataset.state = 'failed'
      trouble.textContent = word(problem.code === 'message_too_long' ? 'tooLong' : 'notSent')
      trouble.hidden = false
      return
    }
  }
}

async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw await response.json().catch(() => ({}))
  return response.json()
}

/** A turn takes less than half a minute; what takes longer is no longer being written. */
const longestTurnMs = 30_000
let typingEnds

function startTyping() {
  clearTimeout(typingEnds)
  typingEnds = setTimeout(stopTyping, longestTurnMs)
  typing ??= typingRow()
  log.append(typing)
  log.scrollTop = log.scrollHeight
}

function stopTyping() {
  typing?.remove()
  typing = undefined
}

function fit() {
  input.style.height = 'auto'
  input.style.height = `${Math.min(input.scrollHeight, 140)}px`
  $('send').disabled = input.value.trim() === ''
}

input.addEventListener('input', fit)
input.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault()
    $('composer').requestSubmit()
  }
})
$('composer').addEventListener('submit', (event) => {
  event.preventDefault()
  const text = input.value.trim()
  if (text === '') return
  input.value = ''
  fit()
  void send({ text })
})
$('fresh').addEventListener('click', () => {
  view.write({ from: lastSeq, fresh: true })
  $('welcome').hidden = false
  log.replaceChildren()
  lastDay = ''
  stopTyping()
  offer([])
  inspector?.clear()
  input.focus()
})
