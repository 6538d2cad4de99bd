import type { ChannelLimits } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { fill } from './template.ts'
import { render } from './render.ts'

const limits: ChannelLimits = {
  name: 'test',
  textLength: 100,
  buttons: 3,
  buttonTitleLength: 8,
  listRows: 5,
  rowTitleLength: 12,
}
const options = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `o${at + 1}`, title: `Option ${at + 1}` }))

describe('rendering for a channel', () => {
  it('keeps options as buttons while they fit', () => {
    expect(render('Which?', options(3), limits)).toEqual([{ text: 'Which?', options: options(3) }])
  })
  it('keeps more of them as a list', () => {
    expect(render('Which?', options(5), limits)[0]?.options).toHaveLength(5)
  })
  it('writes them as numbered lines when the channel cannot show so many', () => {
    expect(render('Which?', options(6), limits)).toEqual([
      { text: 'Which?\n1. Option 1\n2. Option 2\n3. Option 3\n4. Option 4\n5. Option 5\n6. Option 6' },
    ])
  })
  it('shortens a title on a character, never inside one, and by any way of counting', () => {
    const family = '👩‍👩‍👧‍👦'
    const messages = render('Which?', [{ id: 'a', title: family.repeat(9) }], { ...limits, buttonTitleLength: 24 })
    expect(messages.at(-1)?.options?.[0]?.title).toBe(`${family.repeat(2)}…`)
  })
  it('splits a long text at words and loses nothing', () => {
    const text = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ')
    const parts = render(text, [], limits)
    expect(parts.every((part) => part.text.length <= 100)).toBe(true)
    expect(parts.map((part) => part.text).join(' ')).toBe(text)
  })
  it('splits a text that is one endless character', () => {
    const endless = `a${'\u0301'.repeat(250)}`
    const parts = render(endless, [], limits).map((part) => part.text)
    expect(parts.every((part) => part.length <= 100)).toBe(true)
    expect(parts.join('')).toBe(endless)
  })
  it('sends files before the words, or their addresses below them where the channel takes no files', () => {
    const photo = { type: 'image' as const, link: 'https://shop.example/shoe.jpg' }
    expect(render('Red, as asked.', options(2), { ...limits, media: true }, [photo])).toEqual([
      { text: '', media: photo },
      { text: 'Red, as asked.', options: options(2) },
    ])
    expect(render('Red, as asked.', [], limits, [photo])).toEqual([
      { text: 'Red, as asked.\nhttps://shop.example/shoe.jpg' },
    ])
    expect(render('', [], { ...limits, media: true }, [photo])).toEqual([{ text: '', media: photo }])
  })
  it('sends nothing for no text', () => {
    expect(render('', [], limits)).toEqual([])
  })
})

const values: Record<string, string | number> = { name: 'Jane', 'order.total': 79.99, evil: '{{name}}' }
const read = (path: string) => values[path]

describe('templates', () => {
  it('fills paths and leaves lone braces alone', () => {
    expect(fill('Hi {{ name }}, {order} {{order.total}} {', read)).toBe('Hi Jane, {order} 79.99 {')
  })
  it('shows nothing for what is missing, and no double spaces', () => {
    expect(fill('Hi {{who}} there', read)).toBe('Hi there')
  })
  it('never reads an inserted value again', () => {
    expect(fill('{{evil}}', read)).toBe('{{name}}')
  })
})
