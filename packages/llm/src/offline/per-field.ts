/**
 * What follows from a field, or a list of its values, alone: worked out once for each, since the procedures of a tenant
 * ask for the same ones in every message.
 */
export function perField<About extends object, Known>(workOut: (about: About) => Known): (about: About) => Known {
  const known = new WeakMap<About, { value: Known }>()
  return (about) => {
    let found = known.get(about)
    if (!found) known.set(about, (found = { value: workOut(about) }))
    return found.value
  }
}
