import { expect, test } from 'vitest'
import { ours } from '../testing/compiled.ts'

const menu = (...options: string[]): string =>
  `- id: a\n  action: inform\n  say: Shall I?\n  options:\n${options.map((one) => `    - ${one}`).join('\n')}`
const said = (steps: string): string[] =>
  ours(steps).diagnostics.map(({ severity, line, column, message }) => `${severity} ${line}:${column} ${message}`)

test('a keyword or a label of two options is pointed at: whoever writes it could only be asked again', () => {
  expect(
    said(
      menu(
        '{label: Do it, detection_keywords: [go, Sure], next_step: end}',
        '{label: Leave it, detection_keywords: [" sure", do it], next_step: end}',
        '{label: do it, next_step: end}',
      ),
    ),
  ).toEqual([
    'warning 11:48 " sure" stands for "Do it" already: who writes it is asked again.',
    'warning 11:57 "do it" stands for "Do it" already: who writes it is asked again.',
    'warning 12:17 "do it" stands for "Do it" already: who writes it is asked again.',
  ])
})

test('what one option says twice, in another language or as its own label, is no matter', () => {
  expect(
    said(
      menu(
        '{label: {en: No, es: "No"}, detection_keywords: ["no", "no"], next_step: end}',
        '{label: {en: "Yes", es: Sí}, detection_keywords: ["yes"], next_step: end}',
      ),
    ),
  ).toEqual([])
})
