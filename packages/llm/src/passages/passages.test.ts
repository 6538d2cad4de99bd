import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutPassages } from './cut.ts'
import { indexPassages } from './search.ts'

describe('cutting a document', () => {
  it('keeps each paragraph under its headings, without the marks of markdown', () => {
    expect(
      cutPassages(
        '# Shop\n\nHello *you*.\n\n## Rules\n\n1. One\n2. [Two](https://two.example)\n\n| a | b |\n|---|---|\n| c | d |\n# Other\nEnd',
      ),
    ).toEqual([
      { headings: ['Shop'], text: 'Hello *you*.' },
      { headings: ['Shop', 'Rules'], text: 'One\nTwo (https://two.example)' },
      { headings: ['Shop', 'Rules'], text: 'a b\nc d' },
      { headings: ['Other'], text: 'End' },
    ])
  })

  it('joins lines that were only wrapped, and no others', () => {
    const full = 'A line that is so long that whoever wrote it had to go on in the'
    expect(cutPassages(`${full}\nnext one.`)).toEqual([{ headings: [], text: `${full} next one.` }])
    expect(cutPassages('Monday 9 to 5\nTuesday 10 to 6')).toEqual([
      { headings: [], text: 'Monday 9 to 5\nTuesday 10 to 6' },
    ])
  })

  it('loses no word, and makes no passage longer than 800 characters', () => {
    const line = fc.oneof(fc.constantFrom('', '# Title', '- item', '| cell | cell |'), fc.lorem({ maxCount: 200 }))
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const document = lines.join('\n')
        const passages = cutPassages(document)
        const words = (text: string): string => (text.match(/[\p{L}\p{N}]/gu) ?? []).join('')
        const headings = lines.filter((one) => one.startsWith('#')).join('')
        expect(words(passages.map(({ text }) => text).join(''))).toHaveLength(
          words(document).length - words(headings).length,
        )
        expect(passages.every(({ text }) => text.length <= 800)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it.each(['a', ' ', '[', '#', '. A', '| ', '\n', '*', '-\n', '[a](', '![', '# #', '€', '1. ', '\u0301'])(
    'takes no longer for half a million times «%s» than for words',
    (text) => {
      const began = process.cpuUsage()
      indexPassages(cutPassages(text.repeat(500_000 / text.length))).find('How much is it?')
      expect(process.cpuUsage(began).user / 1_000).toBeLessThan(1_000)
    },
  )
})

describe('looking for passages', () => {
  const index = indexPassages(
    cutPassages(
      ['# Dogs', 'Dogs are welcome.', '', 'Dogs pay nothing.', '', '# Cats', 'Cats stay outside.'].join('\n'),
    ),
  )

  it('finds the one first that holds most of what is asked, rare words before common ones', () => {
    expect(index.find('Do dogs pay?').map(({ passage }) => passage.text)).toEqual([
      'Dogs pay nothing.',
      'Dogs are welcome.',
    ])
  })

  it('says how much of it is there', () => {
    expect(index.find('cats')[0]).toMatchObject({ share: 1, passage: { text: 'Cats stay outside.' } })
    expect(index.find('cats and elephants')[0]?.share).toBeLessThan(0.6)
    expect(index.find('elephants')).toEqual([])
  })
})
