import type { Look } from './judged.ts'

/** Texts that lack a language which others have. */
export const translations: Look = ({ places, languages: wanted }) => {
  const texts = places.steps.flatMap((step) =>
    places.texts(step).map((text) => ({
      ...text,
      step,
      languages: text.languages.map((name) => (name === '' ? places.language : name)),
    })),
  )
  const all = new Set([...wanted, ...texts.flatMap(({ languages }) => languages)])
  return texts.flatMap(({ step, key, languages, line, column }) => {
    const lacking = [...all].filter((name) => !languages.includes(name))
    if (lacking.length === 0) return []
    return {
      code: 'translation_missing',
      severity: 'warning' as const,
      what: `"${step}": this ${key === 'label' || key === 'title' ? key : 'text'} is not there in ${lacking.join(', ')}, as others are.`,
      line,
      column,
      why: [],
      fix: `Add ${lacking.map((name) => `\`${name}:\``).join(', ')}.`,
    }
  })
}
