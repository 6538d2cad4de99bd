import type { LeafConfig } from '@copse/contracts'
import { z } from 'zod'
import type { Path } from '../../parse/value.ts'
import { texts, word } from '../../parse/words.ts'
import type { Transition } from '../transition.ts'
import type { Around } from './action.ts'

/** A button or a row, as its author writes it. */
export const optionShape = z.strictObject({ id: word, title: texts, description: texts.optional() })
type Given = z.infer<typeof optionShape>
type Offered = NonNullable<LeafConfig<'offer'>['options']>[number]

/** Options that an author wrote; one that leads nowhere is reported. */
export function readOptions(given: readonly { option: Given; path: Path }[], around: Around): Offered[] {
  const { context, transitions } = around
  const seen = new Set<string>()
  return given.map(({ option, path }) => {
    if (seen.has(option.id)) {
      const fix = 'Give each of them an id of its own.'
      context.report.error('duplicate_id', [...path, 'id'], `"${option.id}" is offered twice.`, { fix })
    }
    seen.add(option.id)
    const id = context.template(option.id, [...path, 'id']) as string
    if (!id.includes('{{') && !isListenedTo(id, transitions ?? [])) {
      const message = `Nothing happens when somebody chooses "${id}".`
      const fix = `Add {on_payload: ${id}, target: …} to the transitions of this state.`
      context.report.lax('nobody_listens', [...path, 'id'], message, { fix })
    }
    const titles = context.say(option.title, [...path, 'title']) ?? {}
    const [title = ''] = Object.values(titles)
    // Rows have one second line for all languages: the first that is written.
    const [description] = Object.values(context.say(option.description, [...path, 'description']) ?? {})
    return {
      id,
      title,
      ...(Object.keys(titles).length > 1 ? { titles } : {}),
      ...(description === undefined ? {} : { description }),
    }
  })
}

function isListenedTo(id: string, transitions: readonly Transition[]): boolean {
  return transitions.some(({ triggers: { payload, prefix, types, when, always } }) => {
    if (always) return false
    if (payload !== undefined || prefix !== undefined)
      return payload === id || (prefix !== undefined && id.startsWith(prefix))
    return types?.includes('payload') ?? when !== undefined
  })
}
