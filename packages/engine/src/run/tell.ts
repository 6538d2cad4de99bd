import type { TraceEvent } from './events.ts'
import type { FailureNote } from './snapshot.ts'
import type { State } from './state.ts'

/** What the walk tells of every node; the numbers go on whether somebody listens or not. */
export function tellEntered(session: State, index: number): void {
  const { ids, titles, ops } = session.tree
  const title = titles[index]
  const entry = {
    seq: session.seq++,
    node: ids[index]!,
    visit: session.visitOf(index),
    kind: 'enter',
    op: ops[index]!.name,
  }
  session.hand((title === undefined ? entry : { ...entry, title }) as TraceEvent)
}

export function tellSettled(session: State, index: number, note?: FailureNote): void {
  const seq = session.seq++
  if (session.listener === undefined) return
  const node = session.tree.ids[index]!
  const visit = session.visitOf(index)
  if (note === undefined) session.hand({ seq, node, visit, kind: 'settle', status: 'success' })
  else session.hand({ seq, node, visit, kind: 'settle', status: 'failure', code: note.code, reason: note.reason })
}
