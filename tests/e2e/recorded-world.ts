import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'

import {
  digest,
  silentLogger,
  type Connector,
  type InboundEvent,
  type Release,
  type Store,
  type TurnReply,
} from '@copse/contracts'

import { openLane, type Lane } from '@copse/lane'
import { createOfflineProvider, type LlmProvider } from '@copse/llm'
import { keepRelease, openStore } from '@copse/store'
import { parseDuration, type Scenario } from '@copse/studio'
import { readConfig } from '../../apps/cli/src/config.ts'
import { run } from '../../apps/cli/src/run.ts'
import { manifests } from '../../packages/channels/src/manifests.ts'
import { createDialogue, createOperations, createTrees } from '../../packages/dialogue/src/index.ts'

const monday = Date.UTC(2026, 10, 23, 7)

/** A tenant's store, lane and dialogue as they are in a process, with a clock that the test moves: it records. */
export interface RecordedWorld {
  folder: string
  store: Store
  now(): number
  /** Takes up a release, with what answers for its connectors from now on. */
  use(release: Release, connectors: readonly Connector[], model?: LlmProvider): Promise<void>
  send(as: string, event: Partial<InboundEvent>): Promise<TurnReply>
  /** Everything that rings meanwhile rings at its time. */
  wait(ms: number): Promise<void>
  /** As customers of ours would, one scenario after the other; each begins anew. */
  play(scenario: Scenario): Promise<void>
  remove(): Promise<void>
}

export async function openRecordedWorld(): Promise<RecordedWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'copse-recorded-'))
  let now = monday
  let made = 0
  const clock = { now: () => now }
  const ids = { newId: () => digest(['id', made++]).slice(0, 32) }
  const store = await openStore({ folder, clock, ids })
  let active: Parameters<typeof createDialogue>[0]['active'] | undefined
  const dialogue = createDialogue({
    active: () => active!(),
    trees: createTrees(store),
    limits: () => manifests.api,
    logger: silentLogger,
    dev: true,
  })
  const lane: Lane = await openLane({
    store,
    handle: dialogue.handle,
    clock,
    ids,
    limits: { wakeMs: 2, repeatMs: [1, 1], retryMs: [1] },
  })

  async function rest(): Promise<void> {
    for (let looks = 0; looks < 2_000; looks++) {
      const { pendingMessages } = await store.counts()
      const due = (await store.timers({ limit: 500 })).some(({ state, dueAt }) => state === 'waiting' && dueAt <= now)
      if (pendingMessages === 0 && !due && lane.load().running === 0) return
      await sleep(2)
    }
    throw new Error('It does not come to rest.')
  }

  const world: RecordedWorld = {
    folder,
    store,
    now: () => now,
    async use(release, connectors, model = createOfflineProvider()) {
      for (const { tree, treeHash } of release.procedures) await store.saveTree(treeHash, tree)
      keepRelease(folder, { usedAt: now, dev: true, release })
      const operations = createOperations(connectors)
      active = () => ({ release, operations, model })
    },
    async send(as, event) {
      now += 1_000
      const said = { channel: 'api', messageId: ids.newId(), contact: { alias: as }, kind: 'text' as const, ...event }
      const { inboxId } = await lane.submit(said)
      const reply = await lane.settled(inboxId, 20_000)
      if (!reply) throw new Error(`"${said.text ?? said.kind}" did not come to rest.`)
      return reply
    },
    async wait(ms) {
      const until = now + ms
      for (;;) {
        const waiting = (await store.timers({ limit: 500 })).filter(({ state }) => state === 'waiting')
        const next = Math.min(...waiting.map(({ dueAt }) => dueAt))
        if (next > until) break
        now = Math.max(now, next)
        await rest()
      }
      now = until
    },
    async play({ as, language, turns }) {
      for (const [at, { customer, taps, waits }] of turns.entries()) {
        if (waits !== undefined) await world.wait(parseDuration(waits)!)
        else
          await world.send(as, {
            ...(at === 0 ? { fresh: true } : {}),
            ...(language === undefined ? {} : { language }),
            ...(taps === undefined ? { text: customer ?? '' } : { kind: 'payload', payload: taps }),
          })
      }
    },
    async remove() {
      await lane.drain(1_000)
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
  return world
}

/** `copse …` as typed. */
export async function copse(...argv: string[]): Promise<{ code: number; said: string }> {
  let said = ''
  const hear = (line: string): void => void (said += `${stripVTControlCharacters(line)}\n`)
  const environment = readConfig({})
  const signal = new AbortController().signal
  const code = await run(argv, { environment, print: hear, complain: hear, now: () => 0, signal })
  return { code, said }
}
