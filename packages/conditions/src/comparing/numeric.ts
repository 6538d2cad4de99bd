/** Digits before the point, and after it. */
export const spelledDigits = 40

const decimal = new RegExp(`^-?\\d{1,${spelledDigits}}(?:\\.\\d{1,${spelledDigits}})?$`)

/** The number that a string spells, or undefined: "85", " -3.5 ", but not "", "0x10", "1e3" or "85 EUR". */
export function numeric(text: string): number | undefined {
  if (text.length > 100) return undefined
  const trimmed = text.trim()
  return decimal.test(trimmed) ? Number(trimmed) : undefined
}
