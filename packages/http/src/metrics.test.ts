import { expect, test } from 'vitest'
import { createMetrics } from './index.ts'

test('counters add up per set of labels, whatever their order', async () => {
  const metrics = createMetrics()
  metrics.count('turns_total', 1, { a: '1', b: '2' })
  metrics.count('turns_total', 2, { b: '2', a: '1' })
  metrics.count('turns_total')
  expect(await metrics.text()).toBe('# TYPE turns_total counter\nturns_total{a="1",b="2"} 3\nturns_total 1\n')
})

test('observations fall into every bucket that holds them', async () => {
  const metrics = createMetrics()
  metrics.observe('turn_ms', 7, { state: 'ok' })
  metrics.observe('turn_ms', 60_000, { state: 'ok' })
  const text = await metrics.text()
  expect(text).toContain('turn_ms_bucket{state="ok",le="5"} 0\n')
  expect(text).toContain('turn_ms_bucket{state="ok",le="10"} 1\n')
  expect(text).toContain('turn_ms_bucket{state="ok",le="10000"} 1\n')
  expect(text).toContain('turn_ms_bucket{state="ok",le="+Inf"} 2\n')
  expect(text).toContain('turn_ms_sum{state="ok"} 60007\nturn_ms_count{state="ok"} 2\n')
})

test('gauges are read when somebody looks', async () => {
  const metrics = createMetrics()
  let waiting = 1
  metrics.gauges(async () => ({ sessions_waiting: waiting }))
  waiting = 5
  expect(await metrics.text()).toBe('# TYPE sessions_waiting gauge\nsessions_waiting 5\n')
})

test('a label cannot break out of its line', async () => {
  const metrics = createMetrics()
  metrics.count('x_total', 1, { name: 'a"} 1\nevil 1\\' })
  expect(await metrics.text()).toBe('# TYPE x_total counter\nx_total{name="a\\"} 1\\nevil 1\\\\"} 1\n')
})

test('labels that never repeat do not grow the process without end', async () => {
  const metrics = createMetrics()
  for (let i = 0; i < 3_000; i += 1) metrics.count('x_total', 1, { id: String(i) })
  expect((await metrics.text()).split('\n').length).toBeLessThan(2_010)
})
