import { missing, type Data, type Domain, type Field, type Mask } from '../domain/domain.ts'
import type { Walk } from './walk.ts'

const under = (path: string, root: string): boolean => path === root || path.startsWith(`${root}.`)

const changed = (domain: Domain, data: Data, root: string, change: (field: Field, before: Mask) => Mask): Data =>
  data.map((before, index) =>
    under(domain.fields[index]!.path, root) ? change(domain.fields[index]!, before) : before,
  )

/** What was done with a value is no longer what would be done now. */
function forgotten(done: Walk['done'], root: string): Walk['done'] {
  if (done.size === 0) return done
  return new Map(
    [...done].filter(([, sources]) => !sources.some((source) => under(source, root) || under(root, source))),
  )
}

/**
 * A tool has written a field. Of what it holds, a part that conditions compare with something may be absent; one that is
 * only said or passed on is taken to be there, else every procedure would be warned of a business that answers nothing.
 */
export const writtenByTool = (domain: Domain, walk: Walk, root: string): Walk => ({
  ...walk,
  data: changed(domain, walk.data, root, (field) =>
    field.path === root || !field.isCut ? field.byTool : field.byTool | missing,
  ),
  done: forgotten(walk.done, root),
})

/** The customer may have given a value, the same or another. */
export const mayBeGiven = (domain: Domain, walk: Walk, keys: readonly string[]): Walk => ({
  ...walk,
  data: keys.reduce((data, key) => changed(domain, data, key, (field, before) => before | field.byCustomer), walk.data),
})

/** What was asked anew may differ. */
export const renewed = (walk: Walk, keys: readonly string[]): Walk => ({
  ...walk,
  done: keys.reduce((done, key) => forgotten(done, key), walk.done),
})

/** A value that is one of these cells. */
export const given = (domain: Domain, walk: Walk, key: string, mask: (field: Field, before: Mask) => Mask): Walk => ({
  ...walk,
  data: changed(domain, walk.data, key, mask),
  done: forgotten(walk.done, key),
})

export const unset = (domain: Domain, walk: Walk, root: string): Walk => ({
  ...walk,
  data: changed(domain, walk.data, root, () => missing),
  done: forgotten(walk.done, root),
})

/** After a no: what the customer gave has to be given anew; what a tool found stands. */
export const withdrawn = (domain: Domain, walk: Walk, root: string): Walk => ({
  ...walk,
  data: changed(domain, walk.data, root, (field, before) =>
    field.writers.customer && (before & field.byCustomer) !== 0n ? (before & ~field.byCustomer) | missing : before,
  ),
  done: forgotten(walk.done, root),
})
