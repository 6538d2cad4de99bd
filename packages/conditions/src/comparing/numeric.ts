const decimal = /^-?\d{1,40}(?:\.\d{1,40})?$/

/** The number that a string spells, or undefined: "85", " -3.5 ", but not "", "0x10", "1e3" or "85 EUR". */
export function numeric(text: string): number | undefined {
  if (text.length > 100) return undefined
  const trimmed = text.trim()
  return decimal.test(trimmed) ? Number(trimmed) : undefined
}
