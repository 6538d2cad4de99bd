import { createHash } from 'node:crypto'
import type { Json, JsonObject } from '@copse/contracts'
import { faultOf } from '@copse/http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { html, type Markup } from './markup.ts'

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --soft: color-mix(in srgb, CanvasText 8%, Canvas); --quiet: color-mix(in srgb, CanvasText 65%, Canvas); }
body { max-width: 44rem; margin: 0 auto; padding: 1rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: .2rem 0; } h2 { font-size: 1rem; margin: 1.6rem 0 .4rem; }
p, pre, dd { white-space: pre-wrap; } dl { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: .2rem 1rem; }
dt { color: var(--quiet); } dd { margin: 0; } ol { list-style: none; padding: 0; display: grid; gap: .5rem; }
li { background: var(--soft); border-radius: .8rem; padding: .4rem .8rem; max-width: 85%; justify-self: start; }
li.business { justify-self: end; border: 1px solid var(--soft); background: none; }
li p { margin: 0; } small, .state { color: var(--quiet); }
form { display: flex; flex-wrap: wrap; gap: .5rem; margin: .6rem 0; align-items: end; }
label { display: grid; flex: 1 1 16rem; } input, textarea, button { font: inherit; padding: .5rem .7rem; }
button { cursor: pointer; }
`

/** Put in whole: the digest is of every sign between the tags. */
const styleElement: Markup = { html: `<style>${style}</style>` }

/** No script at all, one style that is named by its digest, and forms that post nowhere but here. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * What a link opens, for whoever holds it: no login, no script. What is asked for is a page when a browser asks, and JSON
 * otherwise; so are refusals.
 */
export function answerBrowsers(scope: FastifyInstance, refusal: string): void {
  scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    // A form sends every line end as two signs, which nobody typed.
    done(null, Object.fromEntries(new URLSearchParams(String(body).replaceAll(/%0D%0A/gi, '%0A')))),
  )
  scope.addHook('onRequest', async (_, reply) => {
    reply.headers({
      'cache-control': 'no-store',
      'content-security-policy': policy,
      // The address is the key: it goes to no other site. Our own forms must say where they come from.
      'referrer-policy': 'same-origin',
    })
  })
  scope.setErrorHandler((error, request, reply) => {
    const fault = faultOf(error)
    // What is thrown here is answered as everywhere else.
    if (!wantsPage(request) || fault.kind === 'bug') throw error
    const told = html`<h1>${refusal}</h1>
      <p>${fault.message}</p>`
    return reply.code(fault.status).type(htmlType).send(page('Not open', told))
  })
}

/** A link that a mail program cut is one that was not copied whole; what others hang on to it, to count clicks, is theirs. */
export function tokenIn(query: unknown): string {
  const { token } = query as { token?: unknown }
  return typeof token === 'string' ? token : ''
}

export const htmlType = 'text/html; charset=utf-8'
export const wantsPage = ({ headers }: FastifyRequest): boolean => headers.accept?.includes('text/html') === true

export function factsOf(data: JsonObject): Markup | undefined {
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

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

export const page = (title: string, body: Markup): string =>
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
