import { expect } from 'vitest'
import { advance, cancel, type Advance } from '../run/advance.ts'
import type { Snapshot } from '../run/snapshot.ts'
import type { TurnContext } from '../run/turn.ts'
import type { Tree } from '../tree/tree.ts'
import { liveView, type LiveView } from '../watch/live-view.ts'
import type { Drive } from './example.ts'

/** What a snapshot and a view must agree on. */
export function known({ status, waits, scopes, nodes: running, signals = [] }: Snapshot): object {
  return { status, waits, scopes, running: Object.keys(running).toSorted(), signals }
}

export function seen(view: LiveView): object {
  const { status, waits, scopes, nodes: all, signals } = view.json()
  const running = all.filter((viewed) => viewed.status === 'running').map(({ id }) => id)
  return { status, waits, scopes, running: running.toSorted(), signals }
}

/** Moves a session, and holds a view of it against the snapshot at every rest. */
export function watched(tree: Tree): Drive {
  let view = liveView(tree)
  const watch = async (context: TurnContext, go: (watching: TurnContext) => Promise<Advance>): Promise<Advance> => {
    const rest = await go({
      ...context,
      subscribe(event) {
        context.subscribe?.(event)
        view.subscribe(event)
      },
    })
    expect(seen(view)).toEqual(known(rest.snapshot))
    expect(view.isWhole).toBe(true)
    return rest
  }
  return {
    advance(state, context) {
      if (state.snapshot === undefined) view = liveView(tree, state)
      return watch(context, (watching) => advance(tree, state, watching))
    },
    cancel: (snapshot, context) => watch(context, (watching) => cancel(tree, snapshot, watching)),
  }
}
