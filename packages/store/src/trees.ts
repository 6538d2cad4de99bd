import type { Json, TreeStore } from '@copse/contracts'
import type { Room } from './room.ts'

export function createTrees({ sql, commits, clock }: Room): TreeStore {
  return {
    saveTree: (hash, tree) =>
      commits.run(() => {
        // The hash names the content: what is there already is the same.
        sql.run('INSERT INTO trees VALUES (?, ?, ?) ON CONFLICT DO NOTHING', [hash, JSON.stringify(tree), clock.now()])
      }),
    async loadTree(hash) {
      const row = sql.get<{ tree: string }>('SELECT tree FROM trees WHERE hash = ?', [hash])
      return row && (JSON.parse(row.tree) as Json)
    },
  }
}
