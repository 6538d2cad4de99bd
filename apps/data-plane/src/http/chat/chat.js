// The chat itself: what was said, what can be tapped, what is being sent. The panel beside it is inspector.js.
import { bubble, dayMark, typingRow } from './bubbles.js'
import { createSending, post } from './sending.js'
import { speak, word } from './words.js'

const $ = (id) => document.getElementById(id)
const log = $('log')
const input = $('text')
const options = $('options')
const trouble = $('trouble')

/** Sent by this page and not yet seen on the stream, oldest first. */
const unconfirmed = []
let config
let events
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

const sending = createSending({ renew: anotherVisitor, tell })
await start()

/** Also gives the browser its visitor cookie, if it has none. */
async function ask() {
  const response = await fetch('/chat/config')
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  return response.json()
}

/** However long it takes: a server that is being started again is back in a moment. */
async function answered() {
  for (;;) {
    try {
      return await ask()
    } catch {
      connected(false)
      await new Promise((resolve) => setTimeout(resolve, 2000))
    }
  }
}

async function start() {
  config = await answered()
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
  // A new conversation begins after what was said before.
  lastSeq = view.read().from
  listen()
  fit()
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
  const opened = new EventSource(`/chat/events?after=${lastSeq}`)
  events = opened
  events.addEventListener('open', () => {
    connected(true)
    sending.wake()
  })
  events.addEventListener('error', () => void comeBack(opened))
  events.addEventListener('message', (event) => receive(JSON.parse(event.data)))
  events.addEventListener('turn', (event) => {
    if (!view.read().fresh) inspector?.show(JSON.parse(event.data))
  })
}

async function comeBack(opened) {
  connected(false)
  // A browser comes back by itself after a cut, but never after a refusal: of a proxy, or of a cookie that is void.
  if (opened.readyState !== EventSource.CLOSED) return
  await new Promise((resolve) => setTimeout(resolve, 1000))
  await answered()
  if (opened === events) listen()
}

/** The cookie is gone or void: what is heard must be theirs to whom the answers go. */
async function anotherVisitor() {
  await ask()
  events.close()
  listen()
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
    offer(message.options ?? [], message.seq)
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

function offer(choices, on) {
  options.replaceChildren(
    ...choices.map(({ id, title, description }) => {
      const button = document.createElement('button')
      button.type = 'button'
      button.textContent = title
      if (description) {
        const more = document.createElement('small')
        more.textContent = description
        button.append(' ', more)
      }
      button.addEventListener('click', () => send({ text: title, payload: id, on }))
      return button
    }),
  )
  log.scrollTop = log.scrollHeight
}

function send({ text, payload, on }) {
  const id = crypto.randomUUID()
  const row = bubble({ author: 'customer', text, at: Date.now() })
  row.dataset.state = 'sending'
  const mine = { text, payload, row }
  unconfirmed.push(mine)
  append(row, Date.now())
  log.scrollTop = log.scrollHeight
  offer([])
  startTyping()
  const { from, fresh } = view.read()
  view.write({ from, fresh: false })
  const refused = () => {
    unconfirmed.splice(unconfirmed.indexOf(mine), 1)
    row.dataset.state = 'failed'
    // The next one begins anew in its place.
    if (fresh) view.write({ from, fresh })
  }
  void sending.send({ body: { id, text, ...(payload ? { payload, on } : {}), ...(fresh ? { fresh } : {}) }, refused })
  input.focus()
}

/** Nothing is being written about a message that is not there yet. */
function tell(reason) {
  trouble.textContent = reason ?? ''
  trouble.hidden = reason === undefined
  if (reason) stopTyping()
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
  $('send').disabled = !config || input.value.trim() === ''
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
  if (!config || text === '') return
  input.value = ''
  fit()
  send({ text })
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
