import type { Release } from '@copse/contracts'

/**
 * Whom a developer may speak as, from the profile's variable `demo_customers`:
 * `CUST-456 Ana Silva, CUST-789`. The first word is the customer's id.
 */
export function demoCustomers({ tenant }: Release): { id: string; name: string }[] {
  const listed = tenant.profile.variables['demo_customers']
  if (typeof listed !== 'string') return []
  return listed
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map((entry) => {
      const [id = '', ...name] = entry.split(/\s+/)
      return { id, name: name.join(' ') || id }
    })
}
