import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { longestRequestMs, many, type HostileCase } from './case.ts'
import type { Answer, HostileWorld } from './world.ts'

/** As a stranger would, who knows how Meta asks but not the secret. */
const headOf = ({ path }: HostileWorld): string =>
  `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n` +
  `x-hub-signature-256: sha256=${'0'.repeat(64)}\r\n`

const tinyChunk = Buffer.from('1\r\nx\r\n'.repeat(10_000))
const largeChunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000, 0x20), Buffer.from('\r\n')])
const heldBackBytes = 3_000_000
const almostAll = Buffer.alloc(heldBackBytes - 1, 0x20)
/** More would be a body that is read although nobody wants it; the buffers of both ends take a few MB. */
const mostReadMb = 32
/** As many of almost 3 MB may be waited for: others need the memory. */
const mostHeldBack = 12

/** How it is sent: requests that never end, or are none. No answer to them may be waited for by anybody else. */
export const connections: readonly HostileCase[] = [
  {
    name: 'requests that are none: two lengths, length and chunks, bad chunks, huge headers, bytes at random',
    allowed: [400, 401, 408, 413, 414, 431, 404, 'cut'],
    storesNothing: true,
    run: (world) => {
      const head = headOf(world)
      return Promise.all(
        [
          `${head}content-length: 3\r\ncontent-length: 4\r\n\r\nabc`,
          `${head}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
          `${head}content-length: -1\r\n\r\n`,
          `${head}content-length: 99999999999999999999\r\n\r\n`,
          `${head}content-length: 3145729\r\n\r\n`,
          `${head}transfer-encoding: chunked\r\n\r\nzz\r\n`,
          `${head}transfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n`,
          `${head}x: ${'y'.repeat(100_000)}\r\n\r\n`,
          `${head}${many(5_000, (at) => `h${at}: 1\r\n`).join('')}\r\n`,
          `POST /webhooks/${'x'.repeat(20_000)} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 0\r\n\r\n`,
          '\0\0\0\0\r\n\r\n',
          '\x16\x03\x01\x02\0\x01\0\x01\xfc',
          'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        ].map(async (bytes) => {
          const socket = await opened(world)
          socket.end(Buffer.from(bytes, 'latin1'))
          return verdict(socket, AbortSignal.timeout(10_000))
        }),
      )
    },
  },
  {
    name: 'bodies of 10 MB, which say so',
    allowed: [413, 'cut'],
    storesNothing: true,
    run: (world) => Promise.all(many(8, () => endless(world, 'content-length: 10485760', Buffer.alloc(0x10000, 0x20)))),
  },
  {
    name: 'bodies in chunks, without end',
    allowed: [413, 'cut'],
    storesNothing: true,
    run: (world) => Promise.all(many(8, () => endless(world, 'transfer-encoding: chunked', largeChunk))),
  },
  {
    name: 'bodies without end where nobody is to post',
    allowed: [401, 404, 413, 'cut'],
    storesNothing: true,
    run: ({ ...world }) =>
      Promise.all(
        ['/webhooks/nobody', '/nowhere', '/healthz', '/chat/messages'].flatMap((path) =>
          many(2, () => endless({ ...world, path }, 'transfer-encoding: chunked', largeChunk)),
        ),
      ),
  },
  {
    name: 'bodies in chunks of one byte',
    allowed: [400, 401, 408, 413, 'cut'],
    storesNothing: true,
    run: (world, { tinyChunks }) =>
      Promise.all(many(2, () => endless(world, 'transfer-encoding: chunked', tinyChunk, tinyChunks * 6))),
  },
  {
    name: 'bodies of almost 3 MB, held back before their last byte',
    allowed: [408, 503, 'cut', 'open'],
    storesNothing: true,
    async run(world, { heldBack, patienceMs }) {
      const enough = new AbortController()
      let left = heldBack
      const answers = await Promise.all(
        many(heldBack, async () => {
          const socket = await opened(world)
          socket.write(`${headOf(world)}content-length: ${heldBackBytes}\r\n\r\n`)
          socket.write(almostAll)
          // From now on, and not from when the first of them was connected: that takes seconds where there are many.
          const patience = AbortSignal.timeout(Math.max(patienceMs, longestRequestMs))
          const answer = await verdict(socket, AbortSignal.any([enough.signal, patience]))
          if (--left <= mostHeldBack && patienceMs < longestRequestMs) enough.abort()
          return answer
        }),
      )
      const waitedFor = answers.filter((answer) => answer === 'open' || answer === 408).length
      if (waitedFor > mostHeldBack) throw new Error(`${waitedFor} bodies of 3 MB were kept`)
      return endedInTime(answers, patienceMs)
    },
  },
  {
    name: 'heads and bodies that drip, and connections that say nothing',
    allowed: [408, 'cut', 'open'],
    storesNothing: true,
    async run(world, { connections: count, patienceMs }) {
      const head = headOf(world)
      const begun = [head, `${head}content-length: 1000\r\n\r\n`, `${head}transfer-encoding: chunked\r\n\r\n`, '']
      const drops = ['x: y\r\n', 'x', '1\r\nx\r\n', '']
      const sockets = await openedInTurn(world, count)
      const answers = await Promise.all(
        sockets.map((socket, at) => {
          const [start, drop] = [begun[at % 4]!, drops[at % 4]!]
          if (start !== '') socket.write(start)
          const dripping = setInterval(() => drop !== '' && !socket.destroyed && socket.write(drop), 500)
          return verdict(socket, AbortSignal.timeout(patienceMs)).finally(() => clearInterval(dripping))
        }),
      )
      return endedInTime(answers, patienceMs)
    },
  },
]

function endedInTime(answers: Answer[], patienceMs: number): Answer[] {
  if (patienceMs >= longestRequestMs && answers.includes('open')) throw new Error('a slow request was not cut off')
  return answers
}

const opened = (world: HostileWorld): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(world.port, '127.0.0.1', () => resolve(socket))
    socket.once('error', reject)
  })

/**
 * By hundreds: of more at once the system forgets some without a word. They hold nothing of ours, and who says nothing
 * never notices.
 */
async function openedInTurn(world: HostileWorld, count: number): Promise<Socket[]> {
  const sockets: Socket[] = []
  while (sockets.length < count)
    sockets.push(...(await Promise.all(many(Math.min(100, count - sockets.length), () => opened(world)))))
  return sockets
}

/** The status that it is answered when its connection ends, or how that ends. */
function verdict(socket: Socket, patience: AbortSignal): Promise<Answer> {
  return new Promise((resolve) => {
    let answer = ''
    const end = (isOpen: boolean): void => {
      socket.destroy()
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]
      resolve(isOpen ? 'open' : status === undefined ? 'cut' : Number(status))
    }
    patience.addEventListener('abort', () => end(true))
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
    socket.on('error', () => end(false))
    socket.on('close', () => end(false))
  })
}

/** Goes on for as long as anybody listens, or until so many bytes are sent. */
async function endless(world: HostileWorld, length: string, chunk: Buffer, bytes = Infinity): Promise<Answer> {
  const socket = await opened(world)
  const state = { isOver: false }
  const ended = verdict(socket, AbortSignal.timeout(longestRequestMs)).finally(() => (state.isOver = true))
  socket.write(`${headOf(world)}${length}\r\n\r\n`)
  while (!state.isOver && socket.bytesWritten < bytes) {
    if (socket.bytesWritten > mostReadMb * 1e6) {
      socket.destroy()
      throw new Error(`a body of which nobody wants so much was read for ${mostReadMb} MB`)
    }
    if (socket.write(chunk)) await sleep(1)
    else await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), ended])
  }
  socket.end()
  return ended
}
