/**
 * How often a property is tried. COPSE_PROOF_FACTOR=50 with `vitest run --testTimeout 0` searches for an hour what a
 * usual run searches for a minute.
 */
const factor = Number(process.env['COPSE_PROOF_FACTOR'] ?? 1)

export const rounds = (usual: number): { numRuns: number } => ({ numRuns: Math.ceil(usual * factor) })
