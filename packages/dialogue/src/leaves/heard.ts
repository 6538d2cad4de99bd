import type { JsonObject, Option } from '@copse/contracts'
import type { Input, TurnScope } from '../turn-scope.ts'
import { agreedOption, namedOption, titledOption } from '../understand/options.ts'
import { fold } from '../understand/words.ts'
import type { DialogueCtx } from './step.ts'

/** A message as transitions see it: a number or a title of what was offered is the tap that it stands for. */
export interface Heard {
  type: Input['type']
  text: string
  payload: string | undefined
  /** Of the option that it chose. */
  title?: string
  by: string
}

/** What a message may mean, the likeliest first. `more` are options that were offered and are not on this page. */
export function readings({ type, text, payload }: Input, offered: readonly Option[], more: readonly Option[]): Heard[] {
  const named = namedOption(offered, { text, payload }) ?? agreedOption(offered, text)
  if (named) {
    const title = offered.find(({ id }) => id === named.choice)?.title ?? ''
    const chosen = { type: 'payload' as const, text: text || title, payload: named.choice, title, by: named.how }
    return payload === undefined ? [chosen, { type, text, payload, by: type }] : [chosen]
  }
  const titled = text === '' ? undefined : more.find(({ title }) => fold(title) === fold(text))
  const plain = { type, text, payload, by: type }
  return titled ? [{ type: 'payload', text, payload: titled.id, title: titled.title, by: 'title' }, plain] : [plain]
}

/** What the first words of a conversation mean: an option that nobody has offered yet, if they are plainly one. */
export function firstReading({ text }: Input, options: readonly Option[]): Heard[] {
  const named = titledOption(options, text)
  return named ? [{ type: 'payload', text, payload: named.id, title: named.title, by: 'title' }] : []
}

/** `message`, for templates and conditions. */
export function messageOf({ contact, input }: TurnScope, heard: Omit<Heard, 'by'> | undefined): JsonObject {
  const { media } = input ?? {}
  return {
    ...(heard === undefined ? {} : { text: heard.text, type: heard.type }),
    ...(heard?.payload === undefined ? {} : { payload: heard.payload }),
    ...(heard?.title === undefined ? {} : { title: heard.title }),
    ...(media === undefined ? {} : { media_id: media.id, media_type: media.type }),
    contact_id: contact.id,
    ...(contact.name === undefined ? {} : { contact_name: contact.name }),
  }
}

/** Keeps what was said this turn, if anything, and the day, where the author reads it. */
export function hear(ctx: DialogueCtx, heard: Omit<Heard, 'by'> | undefined = ctx.services.input): void {
  ctx.set('message', messageOf(ctx.services, heard), 'customer')
  ctx.set('today', ctx.services.today, 'system')
}
