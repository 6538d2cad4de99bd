import type { Look } from './judged.ts'

/** Texts that lack a language which others have. */
export const translations: Look = ({ places, languages: wanted }) => {
  const texts = places.steps.flatMap((step) =>
    places.texts(step).map((text) => ({
      ...text,
      step,
      isPlain: text.languages.includes(''),
      languages: text.languages.map((name) => (name === '' ? places.language : name)),
    })),
  )
  const all = [...new Set([...wanted, ...texts.flatMap(({ languages }) => languages)])]
  const inEach = `{${all.map((name) => `${name}: …`).join(', ')}}`
  return texts.flatMap(({ step, key, isPlain, isUnwritten, languages, line, column }) => {
    const lacking = all.filter((name) => !languages.includes(name))
    if (lacking.length === 0) return []
    const name = key === 'label' || key === 'title' ? key : 'text'
    const what = isUnwritten
      ? `this field has no title, so customers of every language read its description.`
      : `this ${name} is not there in ${lacking.join(', ')}, as others are.`
    const added = lacking.map((language) => `\`${language}:\``).join(', ')
    return {
      code: 'translation_missing',
      severity: 'warning' as const,
      message: `"${step}": ${what}`,
      line,
      column,
      why: [],
      fix: isUnwritten ? `Write \`title: ${inEach}\`.` : isPlain ? `Write \`${inEach}\`.` : `Add ${added}.`,
    }
  })
}
