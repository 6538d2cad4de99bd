const wholeLength = 64

/** Enough of an effect's key to be typed, and to be the only one. */
export const shortKey = (key: string): string => key.slice(0, 12)

export const isWholeKey = (key: string): boolean => key.length >= wholeLength
