import type { z } from 'zod'

/** For a config that says one thing in one of several ways: each its own optional key, and exactly one of them given. */
export function exactlyOne<Config extends object>(...keys: (keyof Config & string)[]) {
  return (config: Config, context: z.RefinementCtx): void => {
    const given = keys.filter((key) => config[key] !== undefined)
    if (given.length === 1) return
    const choice = keys.map((key) => `\`${key}\``).join(' or ')
    const message = given.length === 0 ? `give ${choice}` : `give ${choice}, not ${given.length} of them`
    context.addIssue({ code: 'custom', path: [given[1] ?? keys[0]!], message })
  }
}
