import { describe, expect, it } from 'vitest'
import type { Answer } from '../proof/testing/drive.ts'
import { live, type Story } from '../proof/testing/life.ts'
import { memoryJournal } from '../testing.ts'
import { ask, build, called, node, no, play, specOf, turn } from '../testing/play.ts'
import type { NodeSpec } from '../tree/spec.ts'
import { advance, type Advance } from './advance.ts'
import type { EffectOutcome, Journal } from './journal.ts'

const row = (...children: NodeSpec[]): NodeSpec => node('sequence', undefined, ...children)
const call = (name: string): NodeSpec => called(name, node('call', { name }))
const undoable = (name: string): NodeSpec =>
  called(`c ${name}`, node('compensate', undefined, call(name), call(`undo ${name}`)))

/** Names of what was really performed, in order; these fail so often before they succeed. */
function outside(failing: Record<string, number> = {}) {
  const performed: string[] = []
  const names = new Map<string, string>()
  const journal = memoryJournal()
  const named: Journal = {
    effect(request, perform) {
      names.set(request.key, request.name)
      return journal.effect(request, perform)
    },
  }
  const answer = async (key: string): Promise<EffectOutcome> => {
    const name = names.get(key)!
    performed.push(name)
    const left = failing[name] ?? 0
    failing[name] = left - 1
    return left > 0 ? { status: 'no', code: 'x', reason: '' } : { status: 'ok', data: {} }
  }
  return { performed, journal: named, entries: journal.entries, services: { answer } }
}

describe('a retry over what can be undone', () => {
  it('does again what it undid, and nothing else', async () => {
    const { performed, journal, services } = outside({ flaky: 2 })
    const root = node('retry', { attempts: 3 }, row(call('pay'), undoable('book'), call('flaky')))
    const { status } = await play(root, {}, { journal, services })
    expect(status).toBe('success')
    expect(performed).toEqual(['pay', 'book', 'flaky', 'undo book', 'book', 'flaky', 'undo book', 'book', 'flaky'])
  })

  it('does so in every retry around it', async () => {
    const { performed, journal, services } = outside({ inner: 1, outer: 1 })
    const part = node('retry', { attempts: 2 }, row(undoable('book'), call('inner')))
    const root = node('retry', { attempts: 2 }, row(part, call('outer')))
    const { status } = await play(root, {}, { journal, services })
    expect(status).toBe('success')
    const first = ['book', 'inner', 'undo book', 'book', 'inner', 'outer', 'undo book']
    expect(performed).toEqual([...first, 'book', 'outer'])
  })

  it('undoes once more after it has settled, although it undid before', async () => {
    const { performed, journal, services } = outside({ flaky: 1 })
    const part = node('retry', { attempts: 2 }, row(undoable('book'), call('flaky')))
    await play(row(part, no('x')), {}, { journal, services })
    expect(performed).toEqual(['book', 'flaky', 'undo book', 'book', 'flaky', 'undo book'])
  })

  it('undoes each round of a loop around it once', async () => {
    const { performed, journal, services } = outside()
    const part = node('retry', { attempts: 2 }, undoable('book'))
    await play(row(node('repeat', { times: 3 }, part), no('x')), {}, { journal, services })
    expect(performed).toEqual(['book', 'book', 'book', 'undo book', 'undo book', 'undo book'])
  })

  it('remembers across a wait what it undid', async () => {
    const { performed, journal, services } = outside({ flaky: 1 })
    const root = node('retry', { attempts: 2, delayMs: 10 }, row(undoable('book'), call('flaky')))
    const first = await advance(build(specOf(root)), {}, turn({ now: 0, journal, services }))
    const snapshot = JSON.parse(JSON.stringify(first.snapshot)) as Advance['snapshot']
    const event = { kind: 'timer', data: null } as const
    await advance(build(specOf(root)), { snapshot, event }, turn({ now: 10, journal, services }))
    expect(performed).toEqual(['book', 'flaky', 'undo book', 'book', 'flaky'])
  })
})

const does = (name: string): NodeSpec =>
  called(name, node('busy', { does: [{ effect: name, policy: 'at-most-once' }], ends: 'success' }))
const reversible = (name: string): NodeSpec =>
  called(`c ${name}`, node('compensate', undefined, does(name), does(`undo ${name}`)))
const side = (name: string): NodeSpec =>
  called(name, node('forceSuccess', undefined, row(reversible(`${name}1`), reversible(`${name}2`), no('x'))))
const go: Answer[] = [{ pick: 0, laterMs: 0, data: null, how: 'answer' }]

/** Dies once, at each moment at which a journal is written. */
async function livesOf(root: NodeSpec): Promise<{ whole: Story; stories: Story[] }> {
  const whole = await live(root, go, { left: 1_000_000 })
  const stories: Story[] = []
  for (let moment = 0; moment < whole.moments; moment++) stories.push(await live(root, go, { left: moment }))
  return { whole, stories }
}

const namesOf = ({ trace }: Story): string[] =>
  trace.flatMap((event) => (event.kind === 'effect' ? [event.name] : [])).toSorted()

describe('a process that dies while it undoes', () => {
  it('undoes nothing twice and nothing less, and ends the same with the same trace', async () => {
    const { whole, stories } = await livesOf(row(reversible('a'), reversible('b'), ask('w'), reversible('c'), no('y')))
    expect(namesOf(whole)).toEqual(['a', 'b', 'c', 'undo a', 'undo b', 'undo c'])
    expect(stories.length).toBeGreaterThan(8)
    for (const { crashes, repeated, performed, rest, trace } of stories) {
      expect(crashes).toBe(1)
      expect(repeated).toEqual([])
      expect(new Set(performed)).toEqual(new Set(whole.performed))
      expect(rest).toEqual(whole.rest)
      expect(trace).toEqual(whole.trace)
    }
  })

  it('does so in two branches at once', async () => {
    const root = row(reversible('a'), ask('w'), node('parallel', undefined, side('l'), side('r')), no('y'))
    const { whole, stories } = await livesOf(root)
    expect(namesOf(whole)).toHaveLength(10)
    for (const story of stories) {
      expect(story.repeated).toEqual([])
      expect(story.unfollowed).toEqual([])
      expect(namesOf(story)).toEqual(namesOf(whole))
      expect(story.rest.status).toBe('failure')
    }
  })

  it('does so below a retry', async () => {
    const root = node('retry', { attempts: 2 }, row(reversible('a'), ask('w'), no('y')))
    const { stories } = await livesOf(root)
    for (const { repeated, rest } of stories) {
      expect(repeated).toEqual([])
      expect(rest.status).toBe('running')
    }
  })
})
