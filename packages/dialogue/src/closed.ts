import { phrase } from './phrases.ts'
import { fill } from './say/template.ts'
import { textFor, type TurnScope } from './turn-scope.ts'

/** For a customer who is passed on while nobody is there: when somebody will be. Undefined: it is open, or never is. */
export function whenClosed(scope: TurnScope): string | undefined {
  const { now, language, profile } = scope
  const opens = scope.openFrom(now)
  if (opens === undefined || opens === now) return undefined
  const text = textFor(profile.handoffs?.whenClosed, scope) ?? phrase('closed', language)
  return fill(text, (path) => (path === 'opens' ? momentIn(language, profile.timeZone, opens) : undefined))
}

const momentIn = (language: string, timeZone: string, at: number): string =>
  new Intl.DateTimeFormat(language, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
