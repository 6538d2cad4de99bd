import { createHash } from 'node:crypto'
import type { HandoffCase, Json, MessageView } from '@copse/contracts'
import { html, type Markup } from './markup.ts'

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --soft: color-mix(in srgb, CanvasText 8%, Canvas); }
body { max-width: 44rem; margin: 0 auto; padding: 1rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: .2rem 0; } h2 { font-size: 1rem; margin: 1.6rem 0 .4rem; }
p, pre, dd { white-space: pre-wrap; } dl { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: .2rem 1rem; }
dt { color: GrayText; } dd { margin: 0; } ol { list-style: none; padding: 0; display: grid; gap: .5rem; }
li { background: var(--soft); border-radius: .8rem; padding: .4rem .8rem; max-width: 85%; justify-self: start; }
li.business { justify-self: end; border: 1px solid var(--soft); background: none; }
li p { margin: 0; } small, .state { color: GrayText; }
form { display: flex; flex-wrap: wrap; gap: .5rem; margin: .6rem 0; align-items: end; }
label { display: grid; flex: 1 1 16rem; } input, textarea, button { font: inherit; padding: .5rem .7rem; }
button { cursor: pointer; }
`

/** Put in whole: the digest is of every sign between the tags. */
const styleElement: Markup = { html: `<style>${style}</style>` }

/** No script at all, one style that is named by its digest, and forms that post nowhere but here. */
export const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

interface Shown {
  tenant: string
  timeZone: string
  /** Of the reply on this page: sent twice, it is said once. */
  key: string
}

export function handoffPage(found: HandoffCase, { tenant, timeZone, key }: Shown): string {
  const at = timeIn(timeZone)
  const who = found.customer.name ?? found.customer.alias
  return page(
    `${who} · ${tenant}`,
    html`<p class="state">${tenant} · ${found.channel} · ${at(found.createdAt)}</p>
      <h1>${who}</h1>
      ${found.customer.name === undefined ? undefined : html`<p class="state">${found.customer.alias}</p>`}
      <p role="status">${stateOf(found)}</p>
      ${formsOf(found, key)}
      <h2>Why</h2>
      <p>${found.reason}</p>
      ${found.summary === '' ? undefined : html`<p>${found.summary}</p>`} ${factsOf(found.data)}
      <h2>The conversation so far</h2>
      ${found.earlier ? html`<p class="state">Only the last messages are shown.</p>` : undefined}
      <ol>
        ${found.messages.map((message) => said(message, at))}
      </ol>`,
  )
}

/** For whoever comes with a link that opens nothing. */
export const refusalPage = (title: string): string =>
  page(
    'Not open',
    html`<h1>This case cannot be opened</h1>
      <p>${title}</p>`,
  )

const stateOf = ({ state, takenBy }: HandoffCase): string =>
  state === 'taken' ? `${takenBy ?? 'Somebody'} has this case. The bot is silent.` : 'Nobody has this case yet.'

const formsOf = ({ state, takenBy }: HandoffCase, key: string): Markup[] => [
  ...(state === 'taken'
    ? [
        html`<form method="post">
          <input type="hidden" name="key" value="${key}" />
          <label>Your reply <textarea name="say" rows="3" maxlength="4000" required></textarea></label>
          <button>Send</button>
        </form>`,
      ]
    : [
        html`<form method="post">
          <label>Your name <input name="take" maxlength="80" required autocomplete="name" value="${takenBy}" /></label>
          <button>Take this case</button>
        </form>`,
      ]),
  html`<form method="post"><button name="close" value="true">Give back to the bot and close</button></form>`,
]

function factsOf(data: HandoffCase['data']): Markup | undefined {
  const facts = Object.entries(data)
  if (facts.length === 0) return undefined
  return html`<h2>What is known</h2>
    <dl>
      ${facts.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${textOf(value)}</dd>`,
      )}
    </dl>`
}

const said = ({ author, text, payload, media, at }: MessageView, time: (at: number) => string): Markup =>
  html`<li class="${author}">
    <small>${author === 'customer' ? 'Customer' : 'We'} · ${time(at)}</small>
    <p>${text === '' ? (payload ?? (media ? `(${media.type})` : '')) : text}</p>
  </li>`

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

const timeIn = (timeZone: string): ((at: number) => string) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' })
  return (at) => format.format(at)
}

const page = (title: string, body: Markup): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${styleElement}
      </head>
      <body>
        ${body}
      </body>
    </html> `.html
