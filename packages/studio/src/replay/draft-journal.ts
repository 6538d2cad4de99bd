import {
  canonicalJson,
  digest,
  Fault,
  type EffectOutcome,
  type JsonObject,
  type RecordedTurn,
  type TurnJournal,
} from '@copse/contracts'

/** An effect as it was asked for. Arguments that the recording does not tell are undefined. */
export interface Asked {
  name: string
  args: JsonObject | undefined
}

/** Answers a draft with what was recorded for the same operation and arguments, and performs nothing. */
export interface DraftJournal extends TurnJournal {
  /** What it asked for since this was called last. */
  asked(): Asked[]
  /** What nobody knows the answer to; the draft can be followed no further. */
  readonly unknown: Asked | undefined
  /** Its words are not known: a model would write them anew. */
  readonly isReworded: boolean
}

export function createDraftJournal(turns: readonly RecordedTurn[]): DraftJournal {
  const left = turns.flatMap(({ outcomes }) => outcomes)
  const used = new Map<string, EffectOutcome>()
  let asked: Asked[] = []
  let unknown: Asked | undefined
  let isReworded = false

  /** Each recorded call answers once; asked again, it says the same again. */
  function answerTo(name: string, argsHash: string): EffectOutcome | undefined {
    const at = left.findIndex((one) => one.name === name && one.argsHash === argsHash)
    const [found] = at < 0 ? [] : left.splice(at, 1)
    if (found) used.set(`${name} ${argsHash}`, found.outcome)
    return found?.outcome ?? used.get(`${name} ${argsHash}`)
  }

  return {
    async effect({ name, args }) {
      const one = { name, args: args as JsonObject }
      const outcome = answerTo(name, digest(args))
      if (outcome) {
        asked.push(one)
        return outcome
      }
      if (name === 'model:write') {
        isReworded = true
        return { status: 'unavailable', code: 'model_unavailable', reason: 'What it would write is not recorded.' }
      }
      unknown ??= one
      throw new Fault('journal_mismatch', { detail: `No answer to ${name} is recorded.` })
    },
    asked() {
      const since = asked
      asked = []
      return since
    },
    get unknown() {
      return unknown
    },
    get isReworded() {
      return isReworded
    },
  }
}

/** What the recorded turn asked for, as its trace tells. */
export const askedIn = ({ trace = [] }: RecordedTurn): Asked[] =>
  trace.flatMap(({ kind, name, args }) =>
    kind === 'effect' ? [{ name: name as string, args: args as JsonObject }] : [],
  )

export const isSameCall = (a: Asked, b: Asked): boolean =>
  a.name === b.name && canonicalJson(a.args) === canonicalJson(b.args)
