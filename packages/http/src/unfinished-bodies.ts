import { finished, Transform } from 'node:stream'
import { Fault } from '@copse/contracts'
import type { FastifyInstance } from 'fastify'

/** Bytes that arrive one by one are kept together: each alone would take two hundred times its size. */
const pageBytes = 16 * 1024

/** A piece is work, however small it is: beyond this many they have so many bytes each, taken together. */
const freePieces = 10_000
const leastPieceBytes = 32

/**
 * A body is kept until it ends, and whom it is from is known only then. So all that have not ended hold `mostBytes` at
 * most: beyond it the one that has been waited for longest is answered `busy`. Whoever sends what they have is done long
 * before that, and nobody can hold the others up by holding back.
 */
export function boundUnfinishedBodies(app: FastifyInstance, mostBytes: number): void {
  const unfinished = new Map<Transform, number>()
  let held = 0

  const release = (body: Transform): void => {
    held -= unfinished.get(body) ?? 0
    unfinished.delete(body)
  }
  const hold = (body: Transform): void => {
    unfinished.set(body, (unfinished.get(body) ?? 0) + pageBytes)
    held += pageBytes
    for (const [oldest] of unfinished) {
      if (held <= mostBytes) break
      release(oldest)
      oldest.destroy(new Fault('busy'))
    }
  }

  app.addHook('preParsing', (request, reply, payload, done) => {
    const { headers, raw } = request
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
    // Nearly all come whole, with their head.
    if (raw.complete || !hasBody) return done(null, payload)
    const body = inPages(pageFor(headers['content-length']), () => hold(body))
    body.once('close', () => release(body))
    // Nobody listens any more once it is answered, e.g. as too large.
    body.on('error', () => {})
    reply.raw.once('close', () => body.destroy())
    finished(raw, (error) => error && body.destroy(error))
    done(null, payload.pipe(body))
  })
}

const tooManyPieces = (): Fault =>
  new Fault('body_too_large', { detail: `It comes in more than ${freePieces} pieces, of a few bytes each.` })

/** Most bodies are small, and as many whole pages would have the heap collected every second or two under load. */
const pageFor = (length: string | undefined): number => Math.min(pageBytes, Number(length) || pageBytes)

/** Passes on what it is given, a page at a time: a body that is too large is seen a page later at most. */
function inPages(size: number, onPage: () => void): Transform {
  let page = Buffer.alloc(0)
  let used = 0
  let [pieces, bytes] = [0, 0]
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      pieces += 1
      bytes += chunk.length
      if (pieces > freePieces && bytes < pieces * leastPieceBytes) return done(tooManyPieces())
      for (let at = 0; at < chunk.length;) {
        if (used === page.length) {
          if (used > 0) this.push(page)
          onPage()
          // Evicted by its own page.
          if (this.destroyed) break
          page = Buffer.allocUnsafeSlow(size)
          used = 0
        }
        const copied = chunk.copy(page, used, at)
        used += copied
        at += copied
      }
      done()
    },
    flush(done) {
      done(null, page.subarray(0, used))
    },
  })
}
