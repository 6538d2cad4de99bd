import type { Checked, Exploration, Source } from '@copse/studio'
import { bad, bold, good } from '../show/table.ts'
import { countOf, many, toldOf } from './colleague.ts'

/** What is to be said about one procedure, as a colleague would: what, where, how it comes to it, and what to write. */
export function checkedText({ findings, explored }: Checked, { file, text }: Source, tookMs: number): string {
  const told = findings.length === 0 ? [] : [toldOf(findings, new Map([[file, text]]))]
  const verdict = findings.length === 0 ? good('nothing to say') : countOf(findings)
  return [...told, `${bold(file)}: ${verdict}.${explored ? summaryOf(explored, tookMs) : unexplored}`].join('\n\n')
}

const unexplored = ' No conversation was looked at yet: it does not compile.'

function summaryOf({ states, exhaustive, reasons, worst }: Exploration, tookMs: number): string {
  const looked = exhaustive
    ? ` Every conversation was looked at: ${many(states, 'state')} in ${Math.round(tookMs)} ms.`
    : ` ${bad('NOT exhaustive.')} ${reasons.join(' ')}`
  return [
    looked,
    `  A turn: at most ${many(worst.modelCallsPerTurn, 'model call')} and ${bounded(worst.messagesPerTurn, 'message')}.`,
    `  A conversation: ${[
      bounded(worst.repliesPerConversation, 'reply', 'replies'),
      bounded(worst.modelCallsPerConversation, 'model call'),
      bounded(worst.messagesPerConversation, 'message'),
    ].join(', ')}.`,
  ].join('\n')
}

const bounded = (count: number | null, word: string, plural = `${word}s`): string =>
  count === null ? `${plural} without bound` : count === 1 ? `1 ${word}` : `${count} ${plural}`
