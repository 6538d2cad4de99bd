import { expect, test } from 'vitest'
import { createMetrics, readProcess } from './index.ts'

test('counters add up per set of labels, whatever their order', async () => {
  const metrics = createMetrics()
  metrics.count('outbox_sends_total', 1, { channel: 'sms', state: 'delivered' })
  metrics.count('outbox_sends_total', 2, { state: 'delivered', channel: 'sms' })
  metrics.count('timers_fired_total')
  expect(await metrics.text()).toBe(
    [
      '# HELP outbox_sends_total Tries of a reply on its channel, by what came of them.',
      '# TYPE outbox_sends_total counter',
      'outbox_sends_total{channel="sms",state="delivered"} 3',
      '# HELP timers_fired_total Timers that fired.',
      '# TYPE timers_fired_total counter',
      'timers_fired_total 1',
      '',
    ].join('\n'),
  )
})

test('observations fall into every bucket that holds them', async () => {
  const metrics = createMetrics()
  metrics.observe('lane_turn_ms', 7, { state: 'ok' })
  metrics.observe('lane_turn_ms', 60_000, { state: 'ok' })
  const text = await metrics.text()
  expect(text).toContain('lane_turn_ms_bucket{state="ok",le="5"} 0\n')
  expect(text).toContain('lane_turn_ms_bucket{state="ok",le="10"} 1\n')
  expect(text).toContain('lane_turn_ms_bucket{state="ok",le="10000"} 1\n')
  expect(text).toContain('lane_turn_ms_bucket{state="ok",le="+Inf"} 2\n')
  expect(text).toContain('lane_turn_ms_sum{state="ok"} 60007\nlane_turn_ms_count{state="ok"} 2\n')
})

test('some values are read when somebody looks', async () => {
  const metrics = createMetrics()
  let waiting = 1
  metrics.read(async () => [['sessions_waiting', waiting]])
  expect(await metrics.text()).toContain('\nsessions_waiting 1\n')
  waiting = 5
  expect(await metrics.text()).toContain('# TYPE sessions_waiting gauge\nsessions_waiting 5\n')
})

test('the process says what it holds, what it used and how late it was', async () => {
  const { read, stop } = readProcess()
  const found = Object.fromEntries((await read()).map(([name, value]) => [name, value]))
  stop()
  expect(found['process_resident_memory_bytes']).toBeGreaterThan(1e6)
  expect(found['process_cpu_seconds_total']).toBeGreaterThan(0)
  expect(found['process_event_loop_delay_ms']).toBeGreaterThanOrEqual(0)
})

test('a label cannot break out of its line', async () => {
  const metrics = createMetrics()
  metrics.count('webhook_refused_total', 1, { channel: 'a"} 1\nevil 1\\' })
  expect(await metrics.text()).toContain('\nwebhook_refused_total{channel="a\\"} 1\\nevil 1\\\\"} 1\n')
})

test('labels that never repeat do not grow the process without end, and that is seen', async () => {
  const metrics = createMetrics()
  for (let i = 0; i < 3_000; i += 1) metrics.count('webhook_refused_total', 1, { channel: String(i) })
  const text = await metrics.text()
  expect(text.split('\n').length).toBeLessThan(2_020)
  expect(text).toContain('metrics_dropped_total{metric="webhook_refused_total"} 1000\n')
})
