import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import type { Desk } from './desk.ts'

const files = {
  '/chat': { name: 'index.html', type: 'text/html; charset=utf-8', devOnly: false },
  '/chat/chat.css': { name: 'chat.css', type: 'text/css; charset=utf-8', devOnly: false },
  '/chat/chat.js': { name: 'chat.js', type: 'text/javascript; charset=utf-8', devOnly: false },
  '/chat/sending.js': { name: 'sending.js', type: 'text/javascript; charset=utf-8', devOnly: false },
  '/chat/unsent.js': { name: 'unsent.js', type: 'text/javascript; charset=utf-8', devOnly: false },
  '/chat/words.js': { name: 'words.js', type: 'text/javascript; charset=utf-8', devOnly: false },
  '/chat/bubbles.js': { name: 'bubbles.js', type: 'text/javascript; charset=utf-8', devOnly: false },
  '/chat/inspector.css': { name: 'inspector.css', type: 'text/css; charset=utf-8', devOnly: true },
  '/chat/inspector.js': { name: 'inspector.js', type: 'text/javascript; charset=utf-8', devOnly: true },
  '/chat/element.js': { name: 'element.js', type: 'text/javascript; charset=utf-8', devOnly: true },
  '/chat/node-tree.js': { name: 'node-tree.js', type: 'text/javascript; charset=utf-8', devOnly: true },
}

/** Everything comes from here and nothing else may run: a customer's text can never become a script. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The page, read once, when somebody opens it. Its files are listed, so nothing beside them can be asked for. */
export function chatPage(app: FastifyInstance, { dev }: Desk): void {
  for (const [url, { name, type, devOnly }] of Object.entries(files)) {
    if (devOnly && !dev) continue
    let found: ReturnType<typeof read> | undefined
    app.get(url, async (request, reply) => {
      const { body, etag } = (found ??= read(name))
      reply.headers({
        etag,
        'cache-control': 'no-cache',
        'content-security-policy': policy,
        'referrer-policy': 'no-referrer',
      })
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      return reply.type(type).send(body)
    })
  }
}

function read(name: string): { body: Buffer; etag: string } {
  const body = readFileSync(new URL(`./chat/${name}`, import.meta.url))
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}
