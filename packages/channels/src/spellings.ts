/** Countries whose mobile numbers are written with and without a digit; both reach the same person. */
const rules: readonly { long: RegExp; short: RegExp; digit: string }[] = [
  { long: /^(55\d\d)9(\d{8})$/, short: /^(55\d\d)([6-9]\d{7})$/, digit: '9' },
  { long: /^(54)9(\d{10})$/, short: /^(54)(\d{10})$/, digit: '9' },
  { long: /^(52)1(\d{10})$/, short: /^(52)(\d{10})$/, digit: '1' },
]

/** The other spelling of a phone number, digits only: Brazil's ninth digit, Argentina's 9, Mexico's 1. */
export function otherSpelling(phone: string): string | undefined {
  for (const { long, short, digit } of rules) {
    if (long.test(phone)) return phone.replace(long, '$1$2')
    if (short.test(phone)) return phone.replace(short, `$1${digit}$2`)
  }
  return undefined
}
