// How it decided: the session as it stands, and each turn node by node.
import { element, shortJson } from './element.js'
import { nodeTree } from './node-tree.js'

const statusWords = {
  waiting: 'waiting for the customer',
  completed: 'completed',
  escalated: 'escalated',
  faulted: 'faulted',
}

export function createInspector(panel) {
  document.head.append(
    Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/chat/inspector.css' }),
  )
  panel.hidden = false
  let latest = 0

  const clear = () => {
    latest += 1
    panel.replaceChildren(heading(), element('p', 'hint', 'Say something: every decision will be shown here.'))
  }

  /** No procedure took the message; a person may have got it all the same. */
  const showUnrouted = (handoffs) => {
    panel.replaceChildren(
      heading(),
      handoffs.length > 0 ? banner({ session: { status: 'escalated' }, handoffs }) : '',
      element('p', 'hint', 'No procedure took the message, so no tree was walked.'),
    )
  }

  const show = async ({ session, handoffs = [] }) => {
    const turn = ++latest
    if (!session) return showUnrouted(handoffs)
    const { id } = session
    const [summary, trace] = await Promise.all(
      [`/api/bt/trace/${id}/summary`, `/api/bt/trace/${id}`].map(async (url) => (await fetch(url)).json()),
    )
    // A newer turn came in while this was fetched.
    if (turn !== latest || !summary.session) return
    const scrolled = panel.scrollTop
    panel.replaceChildren(
      heading(),
      banner(summary),
      caseCard(summary),
      dataCard(summary),
      effectsCard(summary),
      ...turns(trace.turns),
    )
    panel.scrollTop = scrolled
  }

  clear()
  return { show, clear }
}

const heading = () => element('h2', '', 'How it decided')

function banner({ session, handoffs }) {
  if (session.status !== 'escalated' && session.status !== 'faulted') return ''
  const box = element('div', 'banner')
  box.append(element('strong', '', session.status === 'faulted' ? 'Stopped by a fault' : 'Handed to a person'))
  for (const { reason, summary } of handoffs) box.append(element('p', '', summary ? `${reason} — ${summary}` : reason))
  return box
}

function caseCard({ session, path }) {
  const card = element('section', 'card')
  const name = element('div', 'case')
  name.append(
    element('strong', '', session.procedure.id),
    element('span', 'soft', `version ${session.procedure.version}`),
    chip(session.status, statusWords[session.status] ?? session.status),
  )
  card.append(name)
  const stages = [...new Set(path.map(({ to }) => to))]
  const steps = element('ol', 'path')
  for (const [i, stage] of stages.entries()) {
    const current = session.status === 'waiting' ? stage === session.step : i === stages.length - 1
    const item = element('li', current ? 'current' : '', stage)
    if (current) item.setAttribute('aria-current', 'step')
    steps.append(item)
  }
  card.append(steps)
  return card
}

function dataCard({ data }) {
  const entries = Object.entries(data)
  if (entries.length === 0) return ''
  const card = element('section', 'card')
  card.append(element('h3', '', 'Data collected'))
  const table = element('dl', 'data')
  for (const [key, { value, by, unconfirmed }] of entries) {
    const shown = element('dd', unconfirmed ? 'unconfirmed' : '')
    const long = value !== null && typeof value === 'object'
    shown.append(
      long ? folded(value) : element('span', 'value', String(value)),
      chip(by, unconfirmed ? `${by}, unconfirmed` : by),
    )
    table.append(element('dt', '', key), shown)
  }
  card.append(table)
  return card
}

function effectsCard({ effects }) {
  if (effects.length === 0) return ''
  const card = element('section', 'card')
  card.append(element('h3', '', 'Changes outside'))
  const list = element('ul', 'effects')
  for (const { name, state, args, outcome, attempts } of effects.toReversed()) {
    const item = element('li')
    const repeated = outcome?.repeated ? ', repeated' : ''
    const tries = attempts > 1 ? `, ${attempts} attempts` : ''
    item.append(
      element('code', '', name),
      chip(state, `${state}${repeated}${tries}`),
      element('span', 'soft', shortJson(args)),
    )
    list.append(item)
  }
  card.append(list)
  return card
}

function turns(all) {
  return all
    .map((turn, i) => {
      const box = element('details', 'card turn')
      box.open = i === all.length - 1
      const summary = element('summary')
      const said = turn.events.map(({ text, payload, kind }) => text || payload || kind).join(' · ')
      summary.append(element('span', 'number', String(i + 1)), element('q', '', said))
      if (turn.attempts > 1) summary.append(chip('uncertain', `attempt ${turn.attempts}`))
      box.append(summary, nodeTree(turn.trace))
      return box
    })
    .toReversed()
}

function chip(kind, text) {
  const made = element('span', 'chip', text)
  made.dataset.kind = kind
  return made
}

function folded(value) {
  const box = element('details', 'folded')
  box.append(element('summary', '', shortJson(value)), element('pre', '', JSON.stringify(value, null, 2)))
  return box
}
