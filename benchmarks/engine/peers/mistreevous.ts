import { BehaviourTree, State } from 'mistreevous'
import { leaves, type Tally } from '../workloads/leaves.ts'

type Agent = ConstructorParameters<typeof BehaviourTree>[1]
export type Child = Extract<ConstructorParameters<typeof BehaviourTree>[0], { child: unknown }>['child']

export const action = (call: string): Child => ({ type: 'action', call })
export const sequence = (children: Child[]): Child => ({ type: 'sequence', children })
export const parallel = (children: Child[]): Child => ({ type: 'parallel', children })

/** `work0` to `work19`, `workLater`, and `wait`, which never ends. */
export function agentOn(tally: Tally): Agent {
  const agent: Agent = {
    workLater: async () => {
      tally.steps++
      return State.SUCCEEDED
    },
    wait: () => State.RUNNING,
  }
  for (const [index, leaf] of leaves.entries()) {
    agent[`work${index}`] = () => {
      leaf(tally)
      return State.SUCCEEDED
    }
  }
  return agent
}

export const treeOf = (child: Child, tally: Tally): BehaviourTree =>
  new BehaviourTree({ type: 'root', child }, agentOn(tally))

/** One step does all there is to do at once; a step on a tree that has ended begins it anew. */
export function runSync(tree: BehaviourTree, tally: Tally): number {
  tally.steps = 0
  tree.step()
  return finished(tree, tally)
}

const settled = Promise.resolve()

/** It never goes on by itself: it is stepped whenever promises had their turn, the fastest way it can be driven. */
export async function runAsync(tree: BehaviourTree, tally: Tally): Promise<number> {
  tally.steps = 0
  tree.step()
  while (tree.isRunning()) {
    await settled
    tree.step()
  }
  return finished(tree, tally)
}

function finished(tree: BehaviourTree, tally: Tally): number {
  if (tree.getState() !== State.SUCCEEDED) throw new Error(`mistreevous ended as ${tree.getState()}.`)
  return tally.steps
}
