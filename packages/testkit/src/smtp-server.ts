import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export interface ReceivedMail {
  from: string
  to: string[]
  /** As sent, dots undone. */
  raw: string
  /** By name in lower case, unfolded. */
  headers: Record<string, string>
  text: string
}

/** What the server says at the next command of this name instead of taking it; `silent` says nothing at all. */
export interface SmtpReply {
  at: 'MAIL' | 'RCPT' | 'DATA' | 'AUTH'
  say: `${number} ${string}` | 'silent'
}

export interface SmtpServer {
  url: string
  mails: ReceivedMail[]
  reply(...replies: SmtpReply[]): void
  /** Resolves when it has taken so many. */
  taken(count: number): Promise<readonly ReceivedMail[]>
  close(): Promise<void>
}

/** A mail server on loopback that takes everything, unless it is told not to. */
export async function startSmtpServer(): Promise<SmtpServer> {
  const mails: ReceivedMail[] = []
  const script: SmtpReply[] = []
  const waiting = new Set<() => void>()
  const sockets = new Set<Socket>()

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    converse(socket, {
      scripted(command) {
        const at = script.findIndex((reply) => reply.at === command)
        return at < 0 ? undefined : script.splice(at, 1)[0]?.say
      },
      take(mail) {
        mails.push(mail)
        for (const look of waiting) look()
      },
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    reply: (...replies) => void script.push(...replies),
    taken: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (mails.length < count) return
          waiting.delete(look)
          resolve(mails)
        }
        waiting.add(look)
        look()
      }),
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

interface Side {
  scripted: (command: string) => string | undefined
  take: (mail: ReceivedMail) => void
}

function converse(socket: Socket, { scripted, take }: Side): void {
  let from = ''
  let to: string[] = []
  let data: string[] | undefined
  let rest = ''
  const say = (line: string): void => void socket.write(`${line}\r\n`)

  function hear(line: string): void {
    if (data) {
      if (line !== '.') return void data.push(line.startsWith('.') ? line.slice(1) : line)
      take({ from, to, ...read(`${data.join('\r\n')}\r\n`) })
      data = undefined
      return say('250 taken')
    }
    const command = line.slice(0, 4).toUpperCase()
    const other = scripted(command)
    if (other === 'silent') return
    if (other !== undefined) return say(other)
    if (command === 'EHLO') return say('250-testkit\r\n250 AUTH PLAIN')
    if (command === 'AUTH') return say('235 welcome')
    if (command === 'MAIL') from = addressIn(line)
    if (command === 'MAIL') to = []
    if (command === 'RCPT') to.push(addressIn(line))
    if (command === 'DATA') {
      data = []
      return say('354 go on')
    }
    if (command === 'QUIT') return void socket.end('221 bye\r\n')
    say('250 ok')
  }

  say('220 testkit')
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) hear(line)
  })
}

const addressIn = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? ''

function read(raw: string): Pick<ReceivedMail, 'raw' | 'headers' | 'text'> {
  const end = raw.indexOf('\r\n\r\n')
  const unfolded = raw.slice(0, end).replaceAll(/\r\n[ \t]+/g, ' ')
  const headers: Record<string, string> = {}
  for (const line of unfolded.split('\r\n')) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  const body = raw.slice(end + 4)
  const bytes = headers['content-transfer-encoding'] === 'quoted-printable' ? printable(body) : body
  return { raw, headers, text: Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n') }
}

const printable = (body: string): string =>
  body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
