import type { EffectOutcome } from '../../run/journal.ts'
import type { Shelf } from '../../run/shelf.ts'
import { sha256 } from '../../tree/hash.ts'
import type { Json } from '../../tree/json.ts'
import type { World } from './leaves.ts'
import { VirtualTime } from './virtual-time.ts'
import { Witness } from './witness.ts'

/** What leaves reach outside: what it answers follows from the key alone, how long that takes also from the tempo. */
export class Outside {
  readonly performed: string[] = []
  readonly #time: VirtualTime
  readonly #tempo: number

  constructor(time: VirtualTime, tempo: number) {
    this.#time = time
    this.#tempo = tempo
  }

  readonly answer = async (key: string, signal?: AbortSignal): Promise<EffectOutcome> => {
    this.performed.push(key)
    const cut = new Promise<EffectOutcome>((resolve) => {
      signal?.addEventListener('abort', () => resolve({ status: 'uncertain', code: 'cut', reason: 'it was aborted' }))
    })
    const answered = this.#time.sleep(digit(`${this.#tempo}${key}`)).then(() => outcomeOf(key))
    return signal?.aborted ? answered : Promise.race([answered, cut])
  }
}

function outcomeOf(key: string): EffectOutcome {
  const luck = digit(key)
  if (luck > 12) return { status: 'no', code: 'refused', reason: 'it is too late' }
  if (luck > 10) return { status: 'unavailable', code: 'down', reason: 'nobody is there' }
  return { status: 'ok', data: { receipt: key.slice(0, 8) } }
}

/** 0 to 15. */
const digit = (text: string): number => Number.parseInt(sha256(text)[0]!, 16)

/** A process, as far as a session can tell. */
export interface Place extends World {
  outside: Outside
  shelf: Shelf
}

/** What is on the shelf outlives the process. */
export function createPlace(tempo = 0, shelf: Shelf = createShelf()): Place {
  const time = new VirtualTime()
  const outside = new Outside(time, tempo)
  const jobs = { submit: async ({ jobId }: { jobId: string }) => void (await outside.answer(jobId)) }
  return { time, outside, answer: outside.answer, jobs, shelf, witness: new Witness(), log: [] }
}

/** Keeps JSON for good, so that no session of a test can tell when it was put there. */
export function createShelf(): Shelf {
  const kept = new Map<string, string>()
  return {
    async get(key) {
      const text = kept.get(key)
      return text === undefined ? undefined : (JSON.parse(text) as Json)
    },
    async put(key, value) {
      kept.set(key, JSON.stringify(value))
    },
  }
}
