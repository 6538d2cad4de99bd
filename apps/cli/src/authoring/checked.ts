import type { Checked, Exploration, Finding, Source } from '@copse/studio'
import { bad, bold, dim, good } from '../show/table.ts'
import { andMore, countOf, excerpt, many, mostTold } from './colleague.ts'

/** What is to be said about one procedure, as a colleague would: what, where, how it comes to it, and what to write. */
export function checkedText({ findings, explored }: Checked, { file, text }: Source, tookMs: number): string {
  const lines = text.split('\n')
  const told = findings
    .slice(0, mostTold)
    .map((finding) =>
      findingText(
        finding,
        file,
        finding.file === undefined || finding.file === file ? lines[finding.line - 1] : undefined,
      ),
    )
  const diagnostics = findings.map(({ what, ...rest }) => ({ ...rest, message: what }))
  const verdict = findings.length === 0 ? good('nothing to say') : countOf(diagnostics)
  return [
    ...told,
    ...andMore(findings.length),
    `${bold(file)}: ${verdict}.${explored ? summaryOf(explored, tookMs) : unexplored}`,
  ].join('\n\n')
}

const unexplored = ' No conversation was looked at yet: it does not compile.'

/** `text`: the line itself; undefined where it stands in a file beside this one. */
function findingText(
  { severity, code, what, line, column, why, fix, file: own }: Finding,
  file: string,
  text: string | undefined,
): string {
  const kind = severity === 'error' ? bad('error') : dim('warning')
  return [
    `${bold(`${own ?? file}:${line}:${column}`)} ${kind} ${what} ${dim(`(${code})`)}`,
    ...(text === undefined ? [] : excerpt(text, line, column)),
    ...(why.length === 0 ? [] : ['  This is how it comes to it:', ...why.map((step) => dim(`    ${step}`))]),
    ...(fix === undefined ? [] : [`  ${fix}`]),
  ].join('\n')
}

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
