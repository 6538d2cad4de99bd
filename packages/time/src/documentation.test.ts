import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import {
  addOpenTime,
  civilAt,
  closingAfter,
  instantAt,
  isOpen,
  nextAfter,
  nextOpening,
  openingHours,
  parseDuration,
  schedule,
  slotsOf,
} from './index.ts'

const page = readFileSync(new URL('../../../docs/reference/time.md', import.meta.url), 'utf8')
const blocks = (kind: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${kind}\\n([^]*?)\`\`\``, 'g'))].map(([, block = '']) => block.trim())
const examples = (kind: string): [question: string, answer: string][] =>
  blocks(kind).flatMap((block) =>
    block.split('\n').map((line): [string, string] => {
      const [question = '', answer = ''] = line.split(' → ')
      return [question, answer]
    }),
  )

describe('the page about time', () => {
  it.each(examples('occurrences'))('is right about %s', (question, answer) => {
    const [, rule = '', zone = '', after = ''] = /^(\{.*\}) in (\S+) after (\S+)$/.exec(question) ?? []
    const next = nextAfter(schedule.parse(JSON.parse(rule)), zone, Date.parse(after))
    expect(`${next?.id} at ${new Date(next?.at ?? 0).toISOString().slice(0, 16)}Z`).toBe(answer)
  })

  it.each(examples('hours'))('is right about %s', (question, answer) => {
    const zone = 'Europe/Berlin'
    const hours = openingHours.parse(parseYaml(blocks('yaml')[0] ?? ''))
    const [, asked = '', civil = ''] = /^(.*?)(?: at| after) (\S+)$/.exec(question) ?? []
    const instant = instantAt(zone, civil)
    if (asked === 'open') return expect(String(isOpen(hours, zone, instant))).toBe(answer)
    const found =
      {
        'next opening': () => nextOpening(hours, zone, instant),
        closing: () => closingAfter(hours, zone, instant),
      }[asked] ?? (() => addOpenTime(hours, zone, instant, parseDuration(asked.replace(' open', '')) ?? 0))
    expect(civilAt(zone, found() ?? 0).toString({ smallestUnit: 'minute' })).toBe(answer)
  })

  it.each(examples('slots'))('is right about %s', (question, answer) => {
    const zone = 'Europe/Berlin'
    const [, length = '', step = '', day = '', from, to] =
      /^(\w+) every (\w+) on (\S+)(?: from (\S+) to (\S+))?$/.exec(question) ?? []
    const hours = from === undefined ? parseYaml(blocks('yaml')[0] ?? '') : { week: { sun: [{ from, to }] } }
    const start = instantAt(zone, `${day}T00:00`)
    const found = slotsOf({
      hours: openingHours.parse(hours),
      zone,
      durationMs: parseDuration(length) ?? 0,
      stepMs: parseDuration(step) ?? 0,
      horizonDays: 1,
      busy: [],
      now: start,
      from: start,
      to: instantAt(zone, civilAt(zone, start).add({ days: 1 })),
    })
    expect(found.map(({ civil }) => civil.slice(11)).join(' ')).toBe(answer)
  })

  it.each(examples('durations'))('is right about %s', (text, ms) => {
    expect(parseDuration(text)).toBe(Number(ms))
  })

  it('has examples', () => {
    expect(examples('occurrences').length + examples('hours').length).toBeGreaterThan(20)
  })
})
