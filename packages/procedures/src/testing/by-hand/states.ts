/** What is said over and over when a flow is built by hand: what a state does when it is entered, and what it hears then. */
import type { Json, LeafConfig } from '@copse/contracts'
import {
  both,
  call,
  cancelTask,
  enter,
  handoff,
  listen,
  offer,
  recover,
  say,
  scheduleTask,
  type B,
  type Texts,
} from './words.ts'

type Listen = LeafConfig<'listen'>
type Way = Listen['transitions'][number]
type When = LeafConfig<'schedule_task'>['when']
/** Something that a state does, or a task. */
type Deed = (b: B, step: string) => ReturnType<B['sequence']>

/** What may be tapped: what a tap sends, and what stands on it. */
export const button = (id: string, en: string, es: string) => ({ id, title: en, titles: both(en, es) })

export const tells =
  (en: string, es: string): Deed =>
  (b, step) =>
    b.do('say', say, { step, say: both(en, es), options: [] })

export const offers =
  (en: string, es: string, ...options: ReturnType<typeof button>[]): Deed =>
  (b, step) =>
    b.do('offer', offer, { step, say: both(en, es), options })

export const offersList =
  (from: string, prefix: string, text: Texts, whenEmpty: Texts): Deed =>
  (b, step) =>
    b.do('offer', offer, { step, say: text, from, prefix, whenEmpty })

/** Arguments: values, or `{{field}}` for what stands there. */
export const asks =
  (operation: string, given: Record<string, Json>, { as, onError }: { as?: string; onError: string }): Deed =>
  (b, step) =>
    b.do(`call:${operation}`, call, {
      step,
      operation,
      arguments: Object.entries(given).map(([param, value]) => {
        const source = typeof value === 'string' ? /^\{\{(.+)\}\}$/.exec(value)?.[1] : undefined
        return source === undefined ? { param, value } : { param, source }
      }),
      saveMemory: false,
      ...(as === undefined ? {} : { resultKey: as }),
      plain: { onError },
    })

export const sets =
  (task: string, key: string, when: When): Deed =>
  (b, step) =>
    b.do(`schedule:${task}`, scheduleTask, { step, task, key, when })

export const callsOff =
  (task: string, key: string): Deed =>
  (b, step) =>
    b.do(`cancel:${task}`, cancelTask, { step, task, key })

export const tapped = (payload: string, to: string): Way => ({ payload, exit: to, sets: [] })
/** What follows the prefix is kept. */
export const tappedOneOf = (prefix: string, suffix: string, to: string, keeps: Record<string, string> = {}): Way => ({
  prefix,
  suffix,
  exit: to,
  sets: Object.entries(keeps).map(([key, value]) => ({ key, value })),
})
export const atOnce = (to: string): Way => ({ always: true, exit: to, sets: [] })
export const atOnceIfEmpty = (list: string, to: string): Way => ({
  ...atOnce(to),
  when: { op: 'compare', field: `${list}.count`, is: '==', value: 0 },
})

interface State {
  does: Deed | [Deed, ...Deed[]]
  hears: Way[]
  /** Where what it does not understand leads. */
  fallback?: string
  /** Where something in it can go wrong without a way of its own: then it is sorry, and goes there, or stays. */
  isSorry?: { to?: string }
  /** What a conversation that begins here anew knows no more. */
  forgets?: string[]
}

/** How a state of a flow stands in the tree. `everywhere`: what every one of them hears after its own. */
export const stateOf =
  (everywhere: Way[], services: NonNullable<Listen['expands']>) =>
  <const N extends string>(b: B, step: N, { does, hears, fallback, isSorry, forgets }: State) => {
    const [first, ...more] = Array.isArray(does) ? does : [does]
    const onEnter = b.sequence('on_enter', first(b, step), ...more.map((deed) => deed(b, step)))
    return b.sequence(
      step,
      b.do(null, enter, { step, ...(forgets ? { forgets } : {}) }),
      isSorry
        ? b.selector(
            'guarded',
            onEnter,
            b.do('recover', recover, { step, ...(isSorry.to === undefined ? {} : { exit: isSorry.to }) }),
          )
        : onEnter,
      b.do(null, listen, {
        step,
        transitions: [...hears, ...everywhere],
        expands: services,
        ...(fallback === undefined ? {} : { fallback }),
      }),
    )
  }

/** Nobody waits for it: when it fails a person is told, and the customer is not. */
export const task = <const N extends string>(b: B, name: N, ...does: Deed[]) => {
  const step = `$task:${name}` as const
  return b.selector(
    step,
    b.sequence('actions', b.do('enter', enter, { step }), ...does.map((deed) => deed(b, step))),
    b.do('failed', handoff, {
      step,
      reason: 'task_failed',
      summary: `The task "${name}" failed. {{$failure}}`,
      silent: true,
    }),
  )
}
