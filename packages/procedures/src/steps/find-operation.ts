import type { OperationManifest } from '@copse/contracts'
import type { Path } from '../parse/value.ts'
import { suggestion } from '../report/suggest.ts'
import type { StepContext } from './step.ts'

/** Reports a name that no connector offers. */
export function findOperation(
  name: string,
  path: Path,
  operations: Readonly<Record<string, OperationManifest>>,
  { error }: StepContext['report'],
): OperationManifest | undefined {
  if (Object.hasOwn(operations, name)) return operations[name]
  const fix = suggestion(name, Object.keys(operations))
  error('unknown_operation', path, `No connector offers "${name}".`, { fix })
  return undefined
}
