import type { ChannelLimits, Option } from '@copse/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namedOption } from '../understand/options.ts'
import { render } from './render.ts'

/** A channel that refuses what does not fit, as WhatsApp does. */
const limits: ChannelLimits = {
  name: 'strict',
  textLength: 4_096,
  buttons: 3,
  buttonTitleLength: 20,
  listRows: 10,
  rowTitleLength: 24,
  optionsTextLength: 1_024,
  rowDescriptionLength: 72,
  optionIdLength: 200,
}
const last = (text: string, options: readonly Option[]) => render(text, options, limits).at(-1)
const titled = (...titles: string[]) => titles.map((title, at) => ({ id: `o${at}`, title }))

describe('a reply on a channel that refuses what does not fit', () => {
  it('has a text too long for options in messages before them', () => {
    const sentence = 'This is one of many sentences. '
    const messages = render(`${sentence.repeat(60)}Which one?`, titled('This', 'That'), limits)
    expect(messages).toHaveLength(2)
    expect(messages[0]).not.toHaveProperty('options')
    expect(messages[1]?.options).toHaveLength(2)
    expect(messages.map(({ text }) => text).join(' ')).toBe(`${sentence.repeat(60)}Which one?`)
  })

  it('keeps a button’s whole title in the text when the button cannot show it', () => {
    expect(last('Which?', titled('A refund to the original card', 'Credit'))).toEqual({
      text: 'Which?\n1. A refund to the original card\n2. Credit',
      options: [
        { id: 'o0', title: 'A refund to the ori…' },
        { id: 'o1', title: 'Credit' },
      ],
    })
  })

  it('numbers titles that would become the same', () => {
    const message = last('Which?', titled('A refund to the original card', 'A refund to the original account'))
    expect(message?.options?.map(({ title }) => title)).toEqual(['1. A refund to the…', '2. A refund to the…'])
  })

  it('keeps a row’s whole title in its second line', () => {
    const titles = ['A refund to the original card', 'Credit', 'Another one', 'Nothing']
    const message = last('Which?', titled(...titles))
    expect(message?.text).toBe('Which?')
    expect(message?.options?.[0]).toEqual({ id: 'o0', title: 'A refund to the origina…', description: titles[0] })
  })

  it('writes more options than a list has as numbered lines', () => {
    const message = last('Which?', titled(...Array.from({ length: 11 }, (_, at) => `Option ${at + 1}`)))
    expect(message).not.toHaveProperty('options')
    expect(message?.text.split('\n')).toHaveLength(12)
  })

  const title = fc.oneof(fc.string({ maxLength: 100 }), fc.string({ unit: 'grapheme', maxLength: 40 }))
  const description = fc.option(fc.string({ maxLength: 200 }), { nil: undefined })
  const option = fc
    .record({ id: fc.string({ minLength: 1, maxLength: 600 }), title, description })
    .map(({ description: second, ...rest }) => (second === undefined ? rest : { ...rest, description: second }))
  const options = fc.uniqueArray(option, { maxLength: 14, selector: ({ id }) => id })
  const text = fc.oneof(fc.lorem({ maxCount: 400 }), fc.string({ maxLength: 3_000 }), fc.constant('x'.repeat(9_000)))

  it('fits, and nothing is lost, whatever the text and the options are', () => {
    fc.assert(
      fc.property(text, options, (said, offered) => {
        const messages = render(said, offered, limits)
        for (const { text: body, options: shown = [] } of messages) {
          expect(body.length).toBeGreaterThan(0)
          expect(body.length).toBeLessThanOrEqual(shown.length > 0 ? 1_024 : 4_096)
          const asList = shown.length > 3 || shown.some((each) => each.description !== undefined)
          expect(shown.length).toBeLessThanOrEqual(asList ? 10 : 3)
          for (const each of shown) {
            expect(each.title.trim().length).toBeGreaterThan(0)
            expect(each.title.length).toBeLessThanOrEqual(asList ? 24 : 20)
            expect(each.description?.length ?? 1).toBeLessThanOrEqual(72)
            expect(each.description).not.toBe('')
            expect(each.id.trim()).toBe(each.id)
            expect(each.id.length).toBeLessThanOrEqual(200)
          }
          expect(new Set(shown.map((each) => each.title)).size).toBe(shown.length)
          expect(new Set(shown.map((each) => each.id)).size).toBe(shown.length)
        }
        const read = squeezed(messages.flatMap((each) => [each.text, ...(each.options ?? []).flatMap(wordsOf)]))
        for (const words of [said, ...offered.flatMap(wordsOf)]) expect(read).toContain(squeezed([words]))
        // A tap comes back as the option it was.
        for (const [at, each] of (messages.at(-1)?.options ?? []).entries())
          expect(namedOption(offered, { text: '', payload: each.id })?.choice).toBe(offered[at]?.id)
      }),
      { numRuns: 500 },
    )
  })
})

const wordsOf = ({ title, description = '' }: Option): string[] => [title, description]
const squeezed = (texts: readonly string[]): string => texts.join('').replace(/\s/gu, '')
