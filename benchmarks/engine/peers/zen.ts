import { ZenEngine } from '@gorules/zen-engine'
import { rules, type Inputs } from '../workloads/rules.ts'

/** The twenty rules in its own format; it has no DMN. */
const content = {
  nodes: [
    { id: 'in', name: 'in', type: 'inputNode', position: { x: 0, y: 0 } },
    {
      id: 'table',
      name: 'table',
      type: 'decisionTableNode',
      position: { x: 1, y: 0 },
      content: {
        hitPolicy: 'first',
        inputs: [
          { id: 'amount', name: 'amount', field: 'amount' },
          { id: 'region', name: 'region', field: 'region' },
        ],
        outputs: [{ id: 'lane', name: 'lane', field: 'lane' }],
        rules: rules.map(({ from, below, region, lane }, at) => ({
          _id: `r${at}`,
          amount: `[${from}..${below})`,
          region: `"${region}"`,
          lane: `"${lane}"`,
        })),
      },
    },
    { id: 'out', name: 'out', type: 'outputNode', position: { x: 2, y: 0 } },
  ],
  edges: [
    { id: 'a', type: 'edge', sourceId: 'in', targetId: 'table' },
    { id: 'b', type: 'edge', sourceId: 'table', targetId: 'out' },
  ],
}

export function zenTable(): (inputs: Inputs) => Promise<string> {
  const decision = new ZenEngine().createDecision(content)
  return async (inputs) => {
    const { result } = (await decision.evaluate(inputs)) as { result: { lane: string } }
    return result.lane
  }
}
