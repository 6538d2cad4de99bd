// The chat itself: what was said, what can be tapped, what is being sent. The panel beside it is inspector.js.
import { bubble, dayMark, typingRow } from './bubbles.js'
import { createSending, post, request } from './sending.js'
import { createUnsent, tried } from './unsent.js'
import { speak, word } from './words.js'

const $ = (id) => document.getElementById(id)
const log = $('log')
const input = $('text')
const options = $('options')
const trouble = $('trouble')

/** What this page sends and has not yet seen on the stream, each with its row; oldest first, below all that was said. */
const unconfirmed = []
let config
let unsent
let events
let inspector
let lastDay = ''
let typing

/** Where the conversation in view begins, and whether its first message is still to be sent; kept over a reload. */
const view = {
  key: () => `copse:${config.tenant.slug}:${config.speakingAs ?? 'visitor'}`,
  read: () => (view.now ??= JSON.parse(tried(() => sessionStorage.getItem(view.key())) ?? '{"from":0,"fresh":false}')),
  write: (next) => {
    view.now = next
    tried(() => sessionStorage.setItem(view.key(), JSON.stringify(next)))
  },
}
let lastSeq = 0

/** The server says every 15 seconds that it is there. A line may die without anybody being told. */
const longestSilenceMs = 40_000
let silence

const sending = createSending({
  renew: anotherVisitor,
  tell,
  settled: (message) => unsent.drop(message),
  refused,
  late,
})
await start()

/** Also gives the browser its visitor cookie, if it has none. */
function ask() {
  return request('/chat/config')
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
  const found = await answered()
  const panel = found.inspector ? await import('./inspector.js') : undefined
  // From here on the page looks ready, so nothing more is waited for.
  config = found
  document.title = config.tenant.name
  speak(config.language)
  log.setAttribute('aria-label', word('messages'))
  options.setAttribute('aria-label', word('suggestions'))
  $('send').setAttribute('aria-label', word('send'))
  input.placeholder = word('placeholder')
  $('tenant').textContent = config.tenant.name
  $('avatar').textContent = config.tenant.name.trim().charAt(0).toUpperCase()
  if (panel) {
    inspector = panel.createInspector($('inspector'))
    offerCustomers()
  }
  // A new conversation begins after what was said before.
  lastSeq = view.read().from
  unsent = createUnsent(view.key())
  for (const message of unsent.all()) dispatch(message)
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
  // The cookie is every window's: what another one still sends would be said by whom this one chose.
  const chosen = 'copse:chosen'
  window.addEventListener('storage', ({ key }) => key === chosen && location.reload())
  select.addEventListener('change', () => {
    void post('/chat/visitor', { as: select.value || null }).then(() => {
      tried(() => localStorage.setItem(chosen, Date.now()))
      location.reload()
    })
  })
}

function listen() {
  events?.close()
  const opened = new EventSource(`/chat/events?after=${lastSeq}`)
  events = opened
  heard()
  for (const sign of ['open', 'alive', 'message']) events.addEventListener(sign, heard)
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

function heard() {
  clearTimeout(silence)
  silence = setTimeout(() => {
    connected(false)
    listen()
  }, longestSilenceMs)
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
      ({ body, after }) =>
        after < message.seq && body.text === (message.text ?? '') && body.payload === message.payload,
    )
    if (mine >= 0) return seen(unconfirmed.splice(mine, 1)[0].row, message.at)
  } else {
    stopTyping()
    const isAnswered = unconfirmed.some(({ after }) => after >= message.seq)
    offer(isAnswered ? [] : (message.options ?? []), message.seq)
  }
  append(bubble(message), message.at)
}

function seen(row, at) {
  row.dataset.state = 'sent'
  markDay(at, row)
}

function append(row, at) {
  $('welcome').hidden = true
  const follow = log.scrollHeight - log.scrollTop - log.clientHeight < 120
  const next = unconfirmed[0]?.row ?? typing ?? null
  markDay(at, next)
  log.insertBefore(row, next)
  if (follow) log.scrollTop = log.scrollHeight
}

function markDay(at, before) {
  const day = new Date(at).toDateString()
  if (day !== lastDay) log.insertBefore(dayMark(at), before)
  lastDay = day
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
      button.addEventListener('click', () => {
        send({ text: title, payload: id, on })
        // On a phone the field brings its keyboard, over the answer.
        ;(matchMedia('(pointer: coarse)').matches ? log : input).focus()
      })
      return button
    }),
  )
  log.scrollTop = log.scrollHeight
}

function send({ text, payload, on }) {
  const { from, fresh } = view.read()
  view.write({ from, fresh: false })
  const id = crypto.randomUUID()
  // Whatever the clock does, what was written later is later.
  const at = Math.max(Date.now(), (unconfirmed.at(-1)?.at ?? 0) + 1)
  const body = { id, text, ...(payload ? { payload, on } : {}), ...(fresh ? { fresh } : {}) }
  // `after`: nothing on the stream up to there is this message.
  const message = { body, at, after: lastSeq }
  unsent.keep(message)
  offer([])
  dispatch(message)
  startTyping()
}

/** Shows what is being sent, and sends it. */
function dispatch(message) {
  const { body, at } = message
  const row = bubble({ author: 'customer', text: body.text, at })
  row.dataset.state = 'sending'
  unconfirmed.push({ ...message, row })
  $('welcome').hidden = true
  log.append(row)
  log.scrollTop = log.scrollHeight
  void sending.send(message)
}

function refused(message) {
  const row = takeBack(message)
  if (row) row.dataset.state = 'failed'
}

/** Back into the field: one tap sends it all the same. */
function late(message) {
  const row = takeBack(message)
  if (!row) return tell()
  row.remove()
  $('welcome').hidden = log.childElementCount > 0
  input.value = [input.value, message.body.text].filter(Boolean).join('\n')
  fit()
  tell(word('late'))
}

/** The row of a message that will not be sent; none if it was seen on the stream. */
function takeBack({ body: { id, fresh } }) {
  const mine = unconfirmed.findIndex(({ body }) => body.id === id)
  if (mine < 0) return undefined
  // The next one begins anew in its place.
  if (fresh) view.write({ ...view.read(), fresh })
  return unconfirmed.splice(mine, 1)[0].row
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
  input.focus()
})
$('fresh').addEventListener('click', () => {
  view.write({ from: lastSeq, fresh: true })
  $('welcome').hidden = unconfirmed.length > 0
  log.replaceChildren(...unconfirmed.map(({ row }) => row))
  lastDay = ''
  stopTyping()
  offer([])
  inspector?.clear()
  input.focus()
})
