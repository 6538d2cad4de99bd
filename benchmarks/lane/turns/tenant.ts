import {
  randomIds,
  silentLogger,
  systemClock,
  type Channel,
  type ChannelLimits,
  type SettledTurn,
  type Store,
} from '@copse/contracts'
import { buildTree, createDialogue, createOperations, createTrees } from '@copse/dialogue'
import { openLane, type Lane } from '@copse/lane'
import { createOfflineProvider } from '@copse/llm'
import { openStore } from '@copse/store'
import { businessInMemory, refundRelease } from './business.ts'

export interface Tenant {
  store: Store
  lane: Lane
  refunds(): number
  /** One message of a contact, carried to rest. */
  say(alias: string, text: string): Promise<SettledTurn>
  close(): Promise<void>
}

const limits: ChannelLimits = {
  name: 'bench',
  textLength: 4_000,
  buttons: 10,
  buttonTitleLength: 100,
  listRows: 10,
  rowTitleLength: 100,
}

/** Store, lane and dialogue as `compose` plugs them together, with the outside in memory and no HTTP. */
export async function openTenant(folder: string, channels: ReadonlyMap<string, Channel> = new Map()): Promise<Tenant> {
  const store = await openStore({ folder })
  const release = refundRelease()
  for (const { tree, treeHash } of release.procedures) {
    buildTree(tree)
    await store.saveTree(treeHash, tree)
  }
  const business = businessInMemory()
  const active = { release, operations: createOperations([business.connector]), model: createOfflineProvider() }
  const { handle } = createDialogue({
    active: () => active,
    trees: createTrees(store),
    limits: () => limits,
    logger: silentLogger,
    dev: false,
  })
  const lane = await openLane({ store, handle, clock: systemClock, ids: randomIds, channels: () => channels })
  const waiting = new Map<number, (settled: SettledTurn) => void>()
  lane.subscribe(({ settled }) => {
    if (!settled) return
    for (const id of settled.inboxIds) {
      waiting.get(id)?.(settled)
      waiting.delete(id)
    }
  })
  let sent = 0
  return {
    store,
    lane,
    refunds: () => business.refunds(),
    async say(alias, text) {
      const { inboxId } = await lane.submit({
        channel: 'api',
        messageId: `m${sent++}`,
        contact: { alias },
        kind: 'text',
        text,
      })
      return new Promise((resolve) => waiting.set(inboxId, resolve))
    },
    async close() {
      await lane.drain(5_000)
      await store.close()
    },
  }
}
