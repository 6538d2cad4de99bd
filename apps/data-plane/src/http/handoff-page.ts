import type { HandoffCase, MessageView } from '@copse/contracts'
import { factsOf, page } from './link-page.ts'
import { html, type Markup } from './markup.ts'

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
  html`<form method="post">
    <input type="hidden" name="seen" value="${takenBy ?? ''}" />
    <button name="close" value="true">Give back to the bot and close</button>
  </form>`,
]

export const closedPage = (tenant: string): string =>
  page(
    `Closed · ${tenant}`,
    html`<h1>This case is closed.</h1>
      <p>The bot has the conversation again. You can close this page.</p>`,
  )

const said = ({ author, text, payload, media, at }: MessageView, time: (at: number) => string): Markup =>
  html`<li class="${author}">
    <small>${author === 'customer' ? 'Customer' : 'We'} · ${time(at)}</small>
    <p>${text === '' ? (payload ?? (media ? `(${media.type})` : '')) : text}</p>
  </li>`

const timeIn = (timeZone: string): ((at: number) => string) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' })
  return (at) => format.format(at)
}
