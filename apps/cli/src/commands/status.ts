import type { StoreCounts, TenantStatus } from '@copse/contracts'
import type { Command } from '../command.ts'
import { bad, bold, columns, dim, good } from '../show/table.ts'
import { few } from '../show/few.ts'
import { moment, since, span } from '../show/moments.ts'

/** Later than this, something does not keep up. */
const patienceMs = 60_000

interface Worry {
  what: string
  /** What to type to see it, or what it means. */
  look: string
}

/** What stays until a person did something about it. */
const lasting: readonly { of: keyof StoreCounts; what: string; look: string }[] = [
  { of: 'uncertainEffects', what: 'effects that nobody knows the outcome of', look: 'copse effects --uncertain' },
  { of: 'openHandoffs', what: 'cases that wait for a person', look: 'copse handoffs' },
  { of: 'deadMessages', what: 'messages that could not be handled', look: 'copse dead-letters' },
  { of: 'deadSends', what: 'replies that could not be sent', look: 'copse dead-letters' },
  { of: 'deadNotices', what: 'notices that reached none of your people', look: 'copse handoffs' },
]

export const status: Command = {
  name: 'status',
  usage: '',
  does: 'How a tenant is, and what needs a person.',
  words: { min: 0, max: 0 },
  async run({ tenant }) {
    const found = await (await tenant('read')).get<TenantStatus>('/internal/status')
    const { now, startedAt, instance, release, lastBackup } = found
    const worries = worriesOf(found)
    const text = [
      `${bold(found.tenant)}  release ${release.number}  up ${span(now - startedAt)}`,
      dim(`since ${moment(startedAt)} UTC, instance ${instance}`),
      '',
      ...columns(workOf(found)),
      `  last backup  ${lastBackup ? `${lastBackup.name}, ${since(lastBackup.takenAt, now)}` : 'none in backups/ of the data folder'}`,
      '',
      ...(worries.length === 0
        ? [good('  nothing needs a person')]
        : [
            bad(bold('  needs a person')),
            ...columns(worries.map(({ what, look }) => [`  ${bad('!')} ${what}`, dim(look)])),
          ]),
    ]
    return { text: text.join('\n'), data: found, exitCode: worries.length > 0 ? 1 : 0 }
  },
}

/** What there is to do, how much, and since when. */
function workOf({ counts, backlog, now }: TenantStatus): string[][] {
  const row = (count: number, what: string, oldestAt?: number): string[] => [
    `  ${String(count).padStart(6)}  ${what}`,
    oldestAt === undefined ? '' : dim(`oldest ${since(oldestAt, now)}`),
  ]
  return [
    row(counts.waitingSessions, 'sessions that wait'),
    row(counts.pendingMessages, 'messages to handle', backlog.oldestMessageAt),
    ...backlog.unsent.map(({ channel, messages, oldestAt, pushed }) =>
      row(messages, `replies ${pushed ? `to send on ${channel}` : `not read yet on ${channel}`}`, oldestAt),
    ),
    ...(backlog.unsent.length === 0 ? [row(0, 'replies to send')] : []),
    row(backlog.lateTimers, 'timers that are late', backlog.firstTimerDueAt),
  ]
}

/** What to do about it; of anything else the name alone is known. */
const storageCares: readonly [RegExp, string][] = [
  [/^SQLITE_FULL/, 'free some of the disk; it goes on by itself'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'the data are damaged: stop it, copse verify --data, copse restore'],
]

const storageLook = (why: string): string =>
  storageCares.find(([code]) => code.test(why))?.[1] ?? 'look at the disk of its data folder; it goes on by itself'

function worriesOf(found: TenantStatus): Worry[] {
  const { counts, backlog, breakers, connectors, refused, storage, silence, now } = found
  const late = (since: number | undefined): boolean => since !== undefined && now - since > patienceMs
  const slow: [boolean, Worry][] = [
    [
      late(backlog.oldestMessageAt),
      {
        what: `messages wait for ${span(now - (backlog.oldestMessageAt ?? now))}`,
        look: 'copse tail: do turns still end?',
      },
    ],
    [
      late(backlog.firstTimerDueAt),
      { what: `timers are ${span(now - (backlog.firstTimerDueAt ?? now))} late`, look: 'copse timers' },
    ],
    [
      late(silence?.since),
      {
        what: `nothing is heard of the control plane, since ${span(now - (silence?.since ?? now))}: ${silence?.why}`,
        look: 'no release and no secret arrives; customers are served',
      },
    ],
  ]
  return [
    ...(storage === null
      ? []
      : [
          {
            what: `every message is refused, since ${span(now - storage.since)}: ${storage.why}`,
            look: storageLook(storage.why),
          },
        ]),
    ...(refused === null
      ? []
      : [{ what: `what is newest cannot be used, since ${span(now - refused.at)}`, look: firstLine(refused.why) }]),
    ...lasting.flatMap(({ of, what, look }) =>
      counts[of] > 0 ? [{ what: `${String(counts[of]).padStart(4)}  ${what}`, look }] : [],
    ),
    ...(found.resting === undefined
      ? []
      : [
          {
            what: `${String(found.resting.length).padStart(4)}  sessions rest since the restore until their customer writes`,
            look: `their timers were set aside: ${few(found.resting)}`,
          },
        ]),
    ...(found.unreadTimers ?? []).map(({ zone, timers }) => ({
      what: `${String(timers).padStart(4)}  recurring timers do not come: their zone ${zone}, or their schedule, is not known`,
      look: 'copse timers: update the system’s time zones, or set them anew',
    })),
    ...slow.flatMap(([isLate, worry]) => (isLate ? [worry] : [])),
    ...resting(breakers, 'open', 'half_open').map((name) => ({
      what: `channel ${name} rests`,
      look: restingLook(backlog.unsent.find(({ channel }) => channel === name)?.error),
    })),
    // Once its pause is over nobody is spared any more: the next call tries it, however long there is none.
    ...resting(connectors, 'open').map((name) => ({
      what: `connector ${name} rests`,
      look: 'its operations fail; it is tried again by itself',
    })),
    ...backlog.unsent
      .filter(({ pushed, oldestAt }) => pushed && late(oldestAt))
      .map(({ channel, oldestAt, error }) => ({
        what: `replies on ${channel} wait for ${span(now - oldestAt)}`,
        look: error === undefined ? 'copse sessions; see the log of the process' : firstLine(error),
      })),
  ]
}

/** What its outside said last: a token that ran out has to be replaced, however often it is tried. */
const restingLook = (error: string | undefined): string =>
  error === undefined
    ? 'nothing is sent there; it is tried again by itself'
    : `${firstLine(error)} Once that is mended, it goes on by itself.`

function firstLine(text: string): string {
  const [first = '', ...more] = text.split('\n')
  return more.length === 0 ? first : `${first} …`
}

const resting = (of: Record<string, string>, ...states: string[]): string[] =>
  Object.entries(of).flatMap(([name, state]) => (states.includes(state) ? [name] : []))
