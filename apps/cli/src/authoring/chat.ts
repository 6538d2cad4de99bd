import { openConversation, openWorld, parseDuration, type Conversation, type Desk, type Said } from '@copse/studio'
import type { Call, Command } from '../command.ts'
import { dim } from '../show/table.ts'
import { countOf, many, toldOf } from './colleague.ts'
import { deskHelp, deskOptions, layOut } from './desk.ts'
import { readSource } from './files.ts'
import { dataText, saidText } from './said.ts'

const help = 'Write as a customer would; a number taps an option. /data /step /wait 10m /restart /quit'

export const chat: Command = {
  name: 'chat',
  usage: '<file> [--as alias]',
  does: 'Talks to a procedure in the terminal, with the step and the data after each turn.',
  more: deskHelp,
  words: { min: 1, max: 1 },
  options: { ...deskOptions, as: { type: 'string' } },
  async run(call) {
    const [file = ''] = call.words
    const { desk, diagnostics } = await layOut([file], call)
    if (!desk) {
      const text = `${toldOf(diagnostics, new Map([[file, readSource(file).text]]))}\n\n${countOf(diagnostics)}`
      return { text, data: { ok: false, diagnostics }, exitCode: 1 }
    }
    const turns = await talk(desk, call)
    return { text: dim(`${many(turns.length, 'turn')}.`), data: { turns } }
  },
}

interface Told {
  customer: string
  reply: string
  step: string | null
  status: string
}

/** Until the input ends, or `/quit`. */
async function talk(desk: Desk, { options, input, print }: Call): Promise<Told[]> {
  const show = (text: string): void => void (options['json'] === true || print(text))
  const turns: Told[] = []
  let opened = begin(desk, options)
  let last: Said | undefined
  show(dim(help))
  try {
    for await (const line of input()) {
      const typed = line.trim()
      if (typed === '/quit') break
      if (typed === '/restart') {
        await opened.close()
        opened = begin(desk, options)
        last = undefined
        show(dim('A new conversation.'))
      } else if (typed.startsWith('/') && waitIn(typed) === undefined) {
        show(asked(typed, last))
      } else if (typed !== '') {
        last = await take(typed, last, opened.conversation)
        turns.push({ customer: typed, reply: last.reply, step: last.step, status: last.status })
        show(saidText(last))
      }
    }
  } finally {
    await opened.close()
  }
  return turns
}

function begin(desk: Desk, options: Call['options']): { conversation: Conversation; close(): Promise<void> } {
  const opened = openWorld(desk)
  const as = (options['as'] as string | undefined) ?? 'visitor'
  const language = options['language'] as string | undefined
  const conversation = openConversation({ name: 'chat', as, language }, opened.world)
  return { conversation, close: () => opened.close() }
}

const waitIn = (typed: string): number | undefined =>
  typed.startsWith('/wait ') ? parseDuration(typed.slice(6).trim()) : undefined

/** A number taps, time passes, anything else is said. */
async function take(typed: string, last: Said | undefined, conversation: Conversation): Promise<Said> {
  const waitMs = waitIn(typed)
  if (waitMs !== undefined) return conversation.wait(waitMs)
  const option = /^\d{1,2}$/.test(typed) ? last?.options[Number(typed) - 1] : undefined
  return option ? conversation.tap(option.id) : conversation.say(typed)
}

function asked(typed: string, last: Said | undefined): string {
  if (typed !== '/data' && typed !== '/step') return dim(help)
  if (!last) return dim('  Nothing was said yet.')
  return typed === '/data' ? dataText(last) : `  ${last.step ?? 'no step'}, ${last.status}`
}
