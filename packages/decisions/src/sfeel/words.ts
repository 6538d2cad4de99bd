export const comparisons = ['<=', '>=', '!=', '<', '>', '=']

/** Words that begin or join expressions beyond S-FEEL. */
export const beyondWords = new Set(['if', 'for', 'some', 'every', 'function'])

/** Words that cannot stand where a value is expected. */
export const joiningWords = new Set([
  'and',
  'or',
  'in',
  'between',
  'then',
  'else',
  'return',
  'satisfies',
  'instance',
  'of',
  'external',
])

/** What people write, and what they mean. */
export const instead = new Map([
  ['==', '='],
  ['=>', '>='],
  ['=<', '<='],
  ['<>', '!='],
  ['&&', 'and'],
  ['||', 'or'],
  ['!', 'not(…)'],
  ['&', 'and'],
  ['|', ','],
  [';', ','],
  ["'", '"'],
])
