import { parseDocument, valueAt } from '@copse/procedures'
import { flowPlaces } from './flow-places.ts'
import type { Places } from './places.ts'
import { procedurePlaces } from './procedure-places.ts'

export function readPlaces(source: string): Places {
  const { root } = parseDocument(source)
  const flow = root && (valueAt(root, ['flow']) ?? root)
  const states = flow && valueAt(flow, ['states'])
  return flow && states?.kind === 'map' ? flowPlaces(root, flow, states) : procedurePlaces(root)
}
