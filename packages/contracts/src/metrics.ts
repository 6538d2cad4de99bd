/**
 * Everything a process says of itself in numbers. The room first, the unit last; labels only of what is known when the
 * process starts, or of few things. `docs/reference/metrics.md` is made of this.
 */
export interface MetricSpec {
  kind: 'counter' | 'gauge' | 'histogram'
  labels: readonly string[]
  help: string
  /** Of a histogram: upper bounds of its buckets. */
  bounds?: readonly number[]
}

const counter = (help: string, ...labels: string[]) => ({ kind: 'counter', labels, help }) as const
const gauge = (help: string, ...labels: string[]) => ({ kind: 'gauge', labels, help }) as const
const histogram = (help: string, bounds: readonly number[], ...labels: string[]) =>
  ({ kind: 'histogram', labels, help, bounds }) as const

const durationsMs = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]
const latenessMs = [10, 50, 100, 250, 1_000, 5_000, 30_000, 60_000, 300_000, 3_600_000]
const sizes = [1, 2, 4, 8, 16, 32, 64, 128]

export const metrics = {
  inbox_pending: gauge('Messages that are accepted and not handled yet.'),
  inbox_lag_ms: gauge('Age of the oldest of them; 0 when there is none.'),
  inbox_dead: gauge('Messages that could not be handled. Each needs a person.'),
  inbox_foreign_aliases_total: counter('Aliases that a message claimed and that belonged to another contact.'),

  lane_turns_under_way: gauge('Turns at work now, each of another contact.'),
  lane_contacts_waiting: gauge('Contacts with something to do that have no turn yet.'),
  lane_contacts_resting: gauge('Contacts who may still be typing, so that their turn waits.'),
  lane_turns_total: counter('Turns that ended: committed, or dead.', 'state'),
  lane_tries_failed_total: counter('Tries of turns that failed; most are tried again.'),
  lane_turn_ms: histogram('One try of a turn, from its begin to its end.', durationsMs, 'state'),
  lane_phase_ms: histogram(
    'Where the time goes. wait: from the message to the first try; load: the session is read; run: the tree; commit.',
    durationsMs,
    'phase',
  ),

  sessions_waiting: gauge('Sessions that wait for their customer, a timer or a person.'),
  effects_uncertain: gauge('Effects of which nobody knows whether they happened. Each needs a person.'),

  outbox_unsent: gauge(
    'Replies that are not delivered yet. Those of the chat page stay until it is opened again.',
    'channel',
  ),
  outbox_age_ms: gauge('Age of the oldest of them.', 'channel'),
  outbox_dead: gauge('Replies that could not be sent. Each needs a person.'),
  outbox_dropped: gauge('Replies that are not sent because a person took over or the customer opted out.'),
  outbox_sends_total: counter('Tries of a reply on its channel, by what came of them.', 'channel', 'state'),
  outbox_withheld_total: counter('Replies that may not be sent, by reason.', 'reason'),
  outbox_redelivered_total: counter('Replies that a crash cut short: the customer may have them twice.'),
  outbox_breaker_state: gauge('0: works. 1: is being tried. 2: rests, nothing is sent there.', 'channel'),
  outbox_breaker_total: counter('Changes of that state.', 'channel', 'state'),

  handoffs_open: gauge('Cases that were handed to a person and that nobody took. Each needs one.'),

  notices_unsent: gauge('Notices to the tenant’s own people that are not sent yet.'),
  notices_dead: gauge('Notices that were given up, of cases that are not closed. Each needs a person.'),
  notices_total: counter('Tries of a notice at one of its addresses.', 'target', 'state'),
  notices_dead_total: counter('Notices that were given up.'),

  timers_late: gauge('Timers that are due and did not fire yet.'),
  timers_late_ms: gauge('How late the latest of them is; 0 when there is none.'),
  timers_under_way: gauge('Timers that fired and are not handled yet.'),
  timers_fired_total: counter('Timers that fired.'),
  timers_skipped_total: counter('Occurrences that were missed and are not made up for.'),
  timer_late_ms: histogram('The latest timer of each batch that fired.', latenessMs),
  standing_runs_total: counter('What the process does again and again, by what came of it.', 'schedule', 'state'),

  connector_calls_total: counter('Calls of operations, repeated ones too.', 'connector', 'operation', 'status'),
  connector_call_ms: histogram('One call of an operation.', durationsMs, 'connector', 'operation'),
  connector_breaker_state: gauge('0: works. 1: is being tried. 2: is left alone for a while.', 'connector'),
  connector_breaker_total: counter('Changes of that state.', 'connector', 'state'),

  model_calls_total: counter('Calls of a model, by what came of them.', 'provider', 'model', 'purpose', 'outcome'),
  model_call_ms: histogram('One call of a model.', durationsMs, 'provider', 'model', 'purpose'),
  model_tokens_total: counter('Tokens as the provider counts them.', 'provider', 'model', 'purpose', 'direction'),
  model_cost_usd_total: counter(
    'What they cost, at the prices that the tenant’s model setting gives. Absent without prices.',
    'provider',
    'model',
    'purpose',
  ),

  knowledge_answers_total: counter(
    'Questions for the tenant’s text, by what came of them: answered, out_of_scope, ungrounded (the model said what the text does not), quota, unavailable.',
    'outcome',
  ),

  webhook_received_total: counter('What channels posted, by kind.', 'channel', 'kind'),
  webhook_dropped_total: counter('What they posted and nobody needs, by reason.', 'channel', 'reason'),
  webhook_refused_total: counter('Posts whose signature is not right.', 'channel'),

  store_commits_failed_total: counter('Commits that the storage refused.'),
  store_refused_ms: gauge('For how long it has refused every one; 0 while it takes them.'),
  store_commit_ms: histogram(
    'One commit, its sync of the disk included. Its count is the number of commits.',
    durationsMs,
  ),
  store_commit_operations: histogram('Operations that shared one commit.', sizes),

  control_plane_silent_ms: gauge('For how long the control plane has not given what is newest; 0 while it does.'),

  backup_time_seconds: gauge(
    'When the newest copy in `backups/` was made, since 1970 UTC. Absent while there is none.',
  ),
  backup_bytes: gauge('Its size.'),

  http_requests_total: counter('Requests that were answered.', 'method', 'route', 'status'),
  http_request_ms: histogram('One request, by the pattern of its address.', durationsMs, 'route'),

  metrics_dropped_total: counter('Values that were not counted: a family had too many sets of labels.', 'metric'),

  process_start_time_seconds: gauge('When the process started, since 1970 UTC.'),
  process_cpu_seconds_total: counter('Processor time that it used.'),
  process_resident_memory_bytes: gauge('Memory that it holds.'),
  process_heap_bytes: gauge('Of it, what JavaScript objects use.'),
  process_event_loop_delay_ms: gauge('How late the process came to its work since somebody last looked.', 'quantile'),
} satisfies Record<string, MetricSpec>

type Named<Kind extends MetricSpec['kind']> = {
  [Name in keyof typeof metrics]: (typeof metrics)[Name]['kind'] extends Kind ? Name : never
}[keyof typeof metrics]

export type MetricName = keyof typeof metrics
export type CounterName = Named<'counter'>
export type HistogramName = Named<'histogram'>
