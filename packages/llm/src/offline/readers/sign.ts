/** What stands before a number makes it one below zero: "-50", "-$50", "minus 50"; but not "10-50", "A-50" or a list's dash. */
export const isBelowZero = (text: string, start: number): boolean =>
  /(?:(?<![\p{L}\p{N}.,)])[-−]|\b(?:minus|menos) )$/iu.test(text.slice(Math.max(0, start - 8), start))
