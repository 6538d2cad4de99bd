/** An element with text in it: never markup, whatever a customer or a tool said. */
export function element(name, className = '', text) {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

export function shortJson(value, length = 96) {
  const text = plain(value)
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

/** `order_id: ORD-1, amount: 30` reads better than JSON. */
function plain(value) {
  if (value === null || typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map(nested).join(', ')
  return Object.entries(value)
    .map(([key, item]) => `${key}: ${nested(item)}`)
    .join(', ')
}

const nested = (value) =>
  value !== null && typeof value === 'object'
    ? Array.isArray(value)
      ? `[${plain(value)}]`
      : `{${plain(value)}}`
    : String(value)
