import type { JsonObject, StoredSession, TracedTurn } from '@copse/contracts'
import { statusNames, type Cell, type Snapshot } from '@copse/engine'
import { withoutLinks } from '@copse/vault'
import type { FastifyInstance } from 'fastify'
import type { Desk } from './desk.ts'
import { mustFind } from './sessions.ts'

/** How a session came to where it is, for people. */
export function trace(app: FastifyInstance, { store }: Desk): void {
  app.get<{ Params: { session: string } }>('/api/bt/trace/:session', async (request) => {
    const session = await mustFind(store, request.params.session)
    const [turns, interventions] = await Promise.all([store.trace(session.id), store.interventions(session.id)])
    return withoutLinks({ session: outline(session), turns, interventions })
  })

  app.get<{ Params: { session: string } }>('/api/bt/trace/:session/summary', async (request) => {
    const session = await mustFind(store, request.params.session)
    const { id: sessionId } = session
    const [turns, effects, handoffs] = await Promise.all([
      store.trace(sessionId),
      store.effects({ sessionId }),
      store.handoffs({ sessionId }),
    ])
    return withoutLinks({
      session: outline(session),
      data: collected(session),
      turns: turns.length,
      path: ofKind(turns, 'transition').map(({ from, to, exit, by }) => ({ from, to, exit, by })),
      decisions: ofKind(turns, 'decision').map(({ node, about, chosen, why }) => ({ node, about, chosen, why })),
      effects,
      handoffs,
    })
  })

  app.get<{ Params: { session: string } }>('/internal/tree/:session', async (request) => {
    const session = await mustFind(store, request.params.session)
    const { nodes, waits, status } = snapshotOf(session)
    const states = Object.entries(nodes).map(
      ([id, node]) => [id, { ...node, status: statusNames[node.status] }] as const,
    )
    return {
      session: outline(session),
      tree: await store.loadTree(session.procedure.treeHash),
      status,
      nodes: Object.fromEntries(states),
      waits,
    }
  })
}

const snapshotOf = (session: StoredSession): Snapshot => session.snapshot as unknown as Snapshot

function outline(session: StoredSession): object {
  const { snapshot: _, ...shown } = session
  return shown
}

/** The blackboard without the fields that the leaves keep for themselves. */
function collected(session: StoredSession): Record<string, Cell> {
  const cells = Object.entries(snapshotOf(session).scopes[''] ?? {})
  return Object.fromEntries(cells.filter(([key]) => !key.startsWith('_')))
}

const ofKind = (turns: TracedTurn[], kind: string): JsonObject[] =>
  turns.flatMap(({ trace }) => trace.filter((event) => event['kind'] === kind))
