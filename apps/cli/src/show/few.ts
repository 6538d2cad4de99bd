const most = 5

/** The first of them by name, and how many more there are. */
export const few = (names: readonly string[]): string =>
  [...names.slice(0, most), ...(names.length > most ? [`${names.length - most} more`] : [])].join(', ')
