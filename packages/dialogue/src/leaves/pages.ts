import type { Option } from '@copse/contracts'
import { phrase } from '../phrases.ts'

/** No author's option begins with it. */
export const moreId = '$more'

/** As many as the narrowest list shows at once. */
const rows = 10

/** The options on one page, the last one leading to the next, and those that are not on it. */
export function pageOf(
  { options, page }: { options: readonly Option[]; page: number },
  language: string,
): { shown: Option[]; hidden: Option[] } {
  if (options.length <= rows) return { shown: [...options], hidden: [] }
  const size = rows - 1
  const from = page * size
  const rest = options.slice(from)
  const fits = rest.length <= rows
  const shown = fits ? rest : rest.slice(0, size)
  const hidden = options.filter((option) => !shown.includes(option))
  return { shown: fits ? shown : [...shown, { id: moreId, title: phrase('more_options', language) }], hidden }
}
