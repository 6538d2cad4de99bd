import type { InterventionView } from '@copse/contracts'
import { moment } from './moments.ts'
import { shortKey } from './short-key.ts'
import { bold, dim } from './table.ts'

/** What people did from one turn up to the next, as one part of the story; none when nobody did anything. */
export function doneByHand(all: readonly InterventionView[], from: number, to: number): string[] {
  const lines = all.filter(({ at }) => at >= from && at < to).map(lineOf)
  return lines.length === 0 ? [] : [lines.join('\n')]
}

function lineOf({ at, who, what, subject, detail }: InterventionView): string {
  const { reason } = detail
  const why = typeof reason === 'string' ? `  ${dim(reason)}` : ''
  return `${bold('by hand')}  ${dim(`${moment(at)} UTC`)}  ${who} ${deedOf(what, subject, detail)}${why}`
}

function deedOf(what: InterventionView['what'], subject: string, detail: InterventionView['detail']): string {
  switch (what) {
    case 'owner':
      return ownerOf(detail)
    case 'say':
      return `said ${JSON.stringify(detail['text'] ?? '')}`
    case 'resolve':
      return `resolved effect ${shortKey(subject)} as ${detail['verdict'] as string}`
    case 'redrive':
      return 'had the message that died tried again'
    case 'redrive_notice':
      return 'had your people told again'
    case 'redrive_send':
      return `had message ${subject} sent again`
  }
}

function ownerOf({ owner, dropped }: InterventionView['detail']): string {
  if (owner !== 'human') return 'gave the conversation back to the bot'
  return typeof dropped === 'number' && dropped > 0
    ? `took the conversation, ${dropped} unsent dropped`
    : 'took the conversation'
}
