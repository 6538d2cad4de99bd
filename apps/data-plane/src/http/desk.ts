import type {
  Channel,
  Clock,
  Ids,
  KeptRelease,
  Logger,
  OutboundMessage,
  Release,
  Store,
  TenantStatus,
} from '@copse/contracts'
import type { Metrics } from '@copse/http'
import type { Lane } from '@copse/lane'

/** Everything a route may touch: given once, so that a handler reads like a sentence. */
export interface Desk {
  lane: Omit<Lane, 'drain'>
  store: Store
  /** The folder that copies of the store are written to. */
  backups: string
  /** By name, as the release has them now. */
  channels: () => ReadonlyMap<string, Channel>
  /** What the breaker of each connector says. */
  connectors: () => ReadonlyMap<string, string>
  release: () => Release
  /** What turns stood on, the oldest first. */
  keptReleases: () => KeptRelease[]
  /** What is newer and cannot be used. */
  refused: () => TenantStatus['refused']
  /** Since when nothing is heard of the control plane. */
  silence: () => TenantStatus['silence']
  /** Reads local YAML again; absent when the release comes from a control plane. */
  reload: (() => Promise<Release>) | undefined
  dev: boolean
  instance: string
  startedAt: number
  clock: Clock
  ids: Ids
  logger: Logger
  metrics: Metrics
  /** Signs what visitors carry. */
  visitorKey: Uint8Array
  /** Signs links: of handoffs, jobs and approvals. */
  linkKey: Uint8Array
  /** What a customer is told when the bot has the conversation again. */
  givenBack: (language: string | undefined) => OutboundMessage
  /** What this process was started with: it opens the private routes as well. */
  operatorToken: string | undefined
  /** Checks operator tokens; absent while no control plane gave one. */
  operatorKey: () => string | undefined
  /** How long POST /api/chat waits for the turn to rest. */
  answerTimeoutMs: number
  keepAliveMs: number
  /** Aborted when the process stops: event streams end themselves. */
  closing: AbortSignal
}
