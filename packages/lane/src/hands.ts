import type { DeliveryStore, Echo, HandoffRules, NoticeStore, Receipt, Store, Verdict } from '@copse/contracts'
import type { Probe } from './probe.ts'

interface Change {
  conversationId: string
  who: string
  reason: string
  /** Only while nobody has this handoff. Fault `case_taken`. */
  untakenHandoff?: string
}

/** What comes after a message was handed over: what its channel says, and what people decide. All durable when it resolves. */
export interface Hands {
  applyReceipts(receipts: readonly Receipt[]): Promise<number>
  applyEchoes(echoes: readonly Echo[]): Promise<void>
  applyMoves: DeliveryStore['applyMoves']
  /** A person has the conversation from now on. Answers how many messages of the bot were dropped. */
  takeOver(change: Change): Promise<{ dropped: number }>
  giveBack(change: Change): Promise<void>
  say: DeliveryStore['say']
  redriveSend: DeliveryStore['redriveSend']
  redriveNotice: NoticeStore['redriveNotice']
  /** What a person found out of an uncertain effect. */
  resolve(key: string, verdict: Verdict, who: string, reason: string): Promise<void>
}

export function createHands(parts: {
  store: Store
  probe: Probe
  rules: () => HandoffRules | undefined
  poke: () => void
  tell: (news: { contactId: string }) => void
  /** The channel does not work, as it says only now. */
  down: (channel: string) => void
  pokeNotices: () => void
}): Hands {
  const { store, probe, poke, tell } = parts
  const returnAfterMs = (): number | undefined => parts.rules()?.returnAfterMs
  return {
    async applyReceipts(receipts) {
      const changed = await store.applyReceipts(receipts)
      probe('receipts-applied')
      // One that was awaited lets the next go, one that failed may be due again.
      for (const channel of new Set(changed.flatMap(downIn))) parts.down(channel)
      if (changed.length > 0) poke()
      return changed.length
    },
    applyEchoes: (echoes) => store.applyEchoes(echoes, returnAfterMs()),
    applyMoves: (moves) => store.applyMoves(moves),
    async takeOver(change) {
      const dropped = await store.setOwner({ ...change, owner: 'human', returnAfterMs: returnAfterMs() })
      probe('taken-over')
      return dropped
    },
    async giveBack(change) {
      await store.setOwner({ ...change, owner: 'bot' })
      poke()
    },
    async say(words) {
      const said = await store.say({ ...words, returnAfterMs: returnAfterMs() })
      tell(said)
      poke()
      return said
    },
    async redriveSend(seq, who) {
      await store.redriveSend(seq, who)
      poke()
    },
    async redriveNotice(seq, who) {
      await store.redriveNotice(seq, who)
      parts.pokeNotices()
    },
    resolve: (key, verdict, who, reason) => store.resolveEffect(key, verdict, who, reason),
  }
}

const downIn = ({ channel, error }: Receipt): string[] => (error?.channelDown ? [channel] : [])
