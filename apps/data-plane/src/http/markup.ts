/** HTML that is safe as it stands. */
export interface Markup {
  readonly html: string
}

type Part = string | number | undefined | Markup | readonly Markup[]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign)

/** Everything that is put in is text, unless it was made here. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return { html: strings.reduce((page, text, n) => page + shown(parts[n - 1]) + text) }
}

function shown(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part))
  return 'html' in part ? part.html : part.map((one) => one.html).join('')
}
