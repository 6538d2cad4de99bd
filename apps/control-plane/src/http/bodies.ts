import { Fault } from '@copse/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'

const bodyLimit = 1024 * 1024
const knowledgeLimit = 5 * 1024 * 1024
export const largestBody = knowledgeLimit

/** JSON and text come in, nothing else. */
export function acceptBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    try {
      checkSize(request, String(body))
      // Many a client names the type of a body also where it has none.
      done(null, request.method === 'DELETE' && body === '' ? undefined : parseJson(String(body)))
    } catch (error) {
      done(error as Error)
    }
  })
  const texts = ['text/yaml', 'application/yaml', 'text/plain', 'text/markdown']
  fastify.addContentTypeParser(texts, { parseAs: 'string' }, (request, body, done) => {
    try {
      checkSize(request, String(body))
      done(null, storable(String(body)))
    } catch (error) {
      done(error as Error)
    }
  })
}

function checkSize(request: FastifyRequest, body: string): void {
  const limit = request.routeOptions.url?.endsWith('/knowledge') ? knowledgeLimit : bodyLimit
  if (Buffer.byteLength(body) > limit) throw new Fault('body_too_large', { detail: `At most ${limit} bytes.` })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      storable(key)
      return typeof value === 'string' ? storable(value) : value
    })
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault('body_not_json', { cause })
  }
}

/** Postgres stores no NUL and no half of a surrogate pair; better said here than by a failing insert. */
function storable(text: string): string {
  if (text.includes('\0') || !text.isWellFormed()) {
    throw new Fault('body_invalid', { detail: 'The text holds a NUL or half a surrogate pair.' })
  }
  return text
}
