// One turn's trace as the tree it walked: a row per node entered, and under it what it decided, wrote and did.
import { element, shortJson } from './element.js'

/** Said by another row already. */
const silent = new Set(['reply', 'message', 'empty'])

export function nodeTree(trace) {
  const top = element('ul', 'nodes')
  const lists = new Map([['', top]])
  const rows = new Map()

  const listOf = (path) => {
    const known = lists.get(path)
    if (known) return known
    return open(path, { title: last(path) }).list
  }

  const open = (path, { op, title }) => {
    const row = element('li')
    const line = element('div', 'node')
    const status = element('span', 'status')
    line.append(status, element('span', 'name', title || last(path)))
    if (op) line.append(element('span', 'op', op))
    const list = element('ul', 'nodes')
    row.append(line, list)
    listOf(parentOf(path)).append(row)
    lists.set(path, list)
    const opened = { line, list, status }
    rows.set(path, opened)
    return opened
  }

  for (const event of trace) {
    if (event.kind === 'route') {
      top.append(
        fact(
          'route',
          event.chosen ? `procedure ${event.chosen}` : 'no procedure',
          event.hit ? `by ${event.by}: “${event.hit}”` : event.why,
        ),
      )
      continue
    }
    if (silent.has(event.kind)) continue
    const path = event.node
    // A node that a customer's reply woke was entered in an earlier turn.
    const row = event.kind === 'enter' ? open(path, event) : (rows.get(path) ?? open(path, {}))
    const shown = facts[event.kind]?.(event)
    if (shown) row.list.append(shown)
    const mark = marks[event.kind]?.(event)
    if (mark) row.status.dataset.status = mark
    if (event.kind === 'settle' && event.code)
      row.line.append(element('span', 'why', `${event.code}${event.reason ? `: ${event.reason}` : ''}`))
  }
  return top
}

const marks = {
  enter: () => 'running',
  resume: () => 'running',
  settle: ({ status }) => status,
  wait: () => 'waiting',
  halt: () => 'halted',
  fault: () => 'failure',
}

const facts = {
  decision: ({ about, chosen, why }) => decision(about, chosen, why),
  write: ({ key, value, by }) => fact('write', `${key} = ${shortJson(value, 60)}`, `from ${by}`),
  unset: ({ key }) => fact('write', `${key} removed`),
  unconfirm: ({ keys }) => fact('write', `${keys.join(', ')} no longer confirmed`),
  effect: ({ name, args, outcome }) => effect(name, args, outcome),
  transition: ({ from, to, exit, by }) =>
    fact('move', `${from ?? 'start'} → ${to}`, by && by !== 'flow' ? `${exit}, by ${by}` : exit),
  wait: ({ wait }) => fact('wait', `waits for ${wait.kind === 'input' ? 'the customer' : wait.kind}`),
  halt: ({ reason }) => fact('halt', `halted: ${reason}`),
  fault: ({ code, reason }) => fact('fault', code, reason),
}

function fact(kind, text, note) {
  const row = element('li', 'fact', text)
  row.dataset.kind = kind
  if (note) row.append(' ', element('span', 'note', note))
  return row
}

function decision(about, chosen, why) {
  const row = fact('decision', `${about}: `)
  row.append(element('strong', '', chosen ?? 'none'))
  const reasons = element('ul', 'reasons')
  reasons.append(...(Array.isArray(why) ? why.map(because) : plainly(why)))
  if (reasons.hasChildNodes()) row.append(reasons)
  return row
}

/** A condition, what it came to, and the value that made it so. */
function because(reason) {
  const { text, value, of = [], field, actual } = reason.because ?? reason
  if (text === undefined) return element('li', 'reason', shortJson(reason, 140))
  const row = element('li', 'reason')
  const word = value === true ? 'true' : value === false ? 'false' : 'unknown'
  const verdict = element('span', 'verdict', word)
  verdict.dataset.verdict = word
  row.append(verdict, ' ', element('code', '', text))
  if (field !== undefined) {
    const known = actual === undefined || actual === null ? 'is not known' : `is ${shortJson(actual, 40)}`
    row.append(' ', element('span', 'note', `${field} ${known}`))
  }
  if (of.length > 0) {
    const parts = element('ul', 'reasons')
    parts.append(...of.map(because))
    row.append(parts)
  }
  return row
}

function plainly(why) {
  const told = Object.entries(why ?? {}).filter(([, value]) => !(Array.isArray(value) && value.length === 0))
  return told.length > 0 ? [element('li', 'reason', shortJson(Object.fromEntries(told), 140))] : []
}

function effect(name, args, outcome) {
  const row = fact('effect', '')
  row.append(element('code', '', `${name}(${shortJson(args, 70)})`))
  const result = element('span', 'chip', outcome.repeated ? 'ok, repeated' : outcome.status)
  result.dataset.kind = outcome.status
  row.append(result)
  if (outcome.reason) row.append(element('span', 'note', outcome.reason))
  return row
}

const parentOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))
const last = (path) => path.slice(path.lastIndexOf('/') + 1)
