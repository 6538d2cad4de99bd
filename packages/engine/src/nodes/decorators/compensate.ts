import { z } from 'zod'
import type { ParentCtx } from '../../tree/definition.ts'
import { defineParent } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'
import type { Cell } from '../../run/snapshot.ts'

/**
 * The second child undoes the first, should anything above fail, be halted or cancelled later; what was done last is
 * undone first. It sees the fields of `keep` as they were when the first child succeeded. What undoes may not wait.
 *
 * first child success → success, and it can be undone from now on · failure → failure with its code, nothing to undo ·
 * running → running
 */
export const compensate = defineParent({
  op: 'compensate',
  kind: 'decorator',
  children: { min: 2, max: 2 },
  overlays: (child) => child === 1,
  config: z.strictObject({ keep: z.array(z.string().min(1)).optional() }),
  prepare({ keep = [] }, { mayPark, fail, expectType }) {
    if (mayPark(1)) fail('what undoes must not wait')
    for (const path of keep) expectType(path, 'any', 'read')
    return keep
  },
  enter: (ctx) => ctx.run(0),
  settled(ctx, _, status, keep) {
    if (status !== Success) return status
    const cells = keep.flatMap((path): [string, Cell][] => {
      const cell = ctx.cell(path) ?? within(ctx, path)
      return cell === undefined ? [] : [[path, cell]]
    })
    // So that a field may be called as what all objects have.
    ctx.registerUndo(1, Object.fromEntries(cells))
    return Success
  },
})

/** A part of a field, or what an alias leads to. */
function within(ctx: ParentCtx, path: string): Cell | undefined {
  const value = ctx.read(path)
  return value === undefined ? undefined : { value, by: ctx.cell(path.split('.', 1)[0]!)?.by ?? 'system' }
}
