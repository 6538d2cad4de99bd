/** Jobs side by side, done by others, in any order and in turns of their own: node examples/engine/src/parallel-jobs.ts */
import { advance, compile, createRegistry, describe, nodes, tree } from '@copse/engine'
import { condition, print, turnOf } from './host.ts'

const spec = tree('quotes', { version: '1' }, (b) =>
  b.sequence(
    null,
    b.parallel(
      'two of three',
      { success: 2 },
      b.job('north', { jobType: 'quote north' }),
      b.job('south', { jobType: 'quote south' }),
      b.job('east', { jobType: 'quote east' }),
    ),
    b.write('choose', { key: 'state', value: 'choosing' }),
  ),
)
const quotes = compile(spec, createRegistry(nodes), { condition })

/** Stands for a queue: it only notes what it was told. */
const ids = new Map<string, string>()
const jobs = { submit: async (job: { jobId: string; jobType: string }) => void ids.set(job.jobType, job.jobId) }

let rest = await advance(quotes, {}, { ...turnOf('s1', '0'), services: { jobs } })
print(`${ids.size} jobs are out`)
for (const jobType of ['quote east', 'quote east', 'quote north']) {
  const event = { kind: 'job', key: ids.get(jobType)!, data: { ok: true, data: { price: 40 } } } as const
  rest = await advance(quotes, { snapshot: rest.snapshot, event }, turnOf('s1', jobType))
  print(`${jobType} is done: ${rest.ignored ? 'nobody waits for it' : rest.status}`)
}
print(describe(quotes, rest.snapshot))
