/** Files that are wrong on purpose, or dangerous by accident, with what they are written as. */
export type Kind = 'procedure' | 'operations' | 'answers' | 'scenarios' | 'table' | 'dmn'

export interface HostileFile {
  name: string
  of: readonly Kind[]
  text: string | Uint8Array
  /** Line and column of the fault, where it is the same for every kind. */
  at?: string
  says?: RegExp
  /** Nothing is wrong with it; it only has to be harmless. */
  isSound?: true
  /** The commands that find it; every one that reads it unless said. */
  by?: readonly string[]
  /** Nobody reads so far that there would be a line. */
  isNoText?: true
}

/** What a customer writes to a pattern that would backtrack. */
export const needle = `${'a'.repeat(60)}!`

const yaml: readonly Kind[] = ['procedure', 'operations', 'answers', 'scenarios', 'table']
const authored: readonly Kind[] = ['procedure', 'operations', 'answers', 'scenarios']

const lines = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join('\n')

const levels = 'abcdefghij'.split('')
const bomb = levels.map((name, at) => {
  const inner = Array.from({ length: 9 }, () => (at === 0 ? 'x' : `*${levels[at - 1]}`))
  return `${name}: &${name} [${inner.join(', ')}]`
})

const indented = (text: string, by: number): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(by))
const procedure = (steps: string, head = ''): string =>
  `copse: 1\nprocedure:\n  id: p\n  triggers: [hello]\n${indented(head, 2)}  steps:\n${indented(steps, 4)}\n`
const flow = (states: string): string =>
  `copse: 1\nflow:\n  id: f\n  initial_state: A\n  states:\n${indented(states, 4)}\n`
const deciding = (condition: string): string =>
  procedure(`- id: a
  action: evaluate
  conditions:
    - {condition: "${condition}", next_step: end}
  else: end`)
const asking = (pattern: string): string =>
  procedure(`- id: a
  action: collect_info
  say: What?
  extract_fields: [{key: x, pattern: "${pattern}"}]
  required_fields: [x]
  next_step: end`)

export const hostileText = {
  /** A procedure that asks the table of this name. */
  asks: (table: string): string => procedure(`- {id: a, action: decide, table: ${table}, next_step: end}`),
}

const anything: readonly HostileFile[] = [
  { name: 'a billion laughs', of: yaml, text: bomb.join('\n') },
  { name: 'brackets without end', of: yaml, text: '['.repeat(200_000), at: '1:\\d+', says: /nests too deeply/ },
  { name: 'lists without end', of: yaml, text: '- '.repeat(50_000), at: '1:\\d+', says: /nests too deeply/ },
  { name: 'stairs', of: yaml, text: lines(500, (at) => `${' '.repeat(at)}k:`), says: /nests too deeply/ },
  { name: 'five megabytes', of: yaml, text: `a: ${'word '.repeat(980_000)}`, at: '1:1', says: /larger than .*Split/s },
  { name: 'more than five megabytes', of: [...yaml, 'dmn'], text: 'x'.repeat(5_000_001), isNoText: true },
  { name: 'very many keys', of: yaml, text: lines(55_000, (at) => `key${at}: v`) },
  { name: 'very many lines', of: yaml, text: '\n'.repeat(900_000) },
  { name: 'very many anchors', of: yaml, text: lines(20_000, (at) => `- &a${at} x`) },
  { name: 'very many documents', of: yaml, text: '---\n'.repeat(220_000) },
  { name: 'a tag of a megabyte', of: yaml, text: '!'.repeat(900_000), at: '1:1' },
  { name: 'nothing', of: yaml, text: '', at: '1:1', says: /empty/ },
  { name: 'bytes', of: yaml, text: Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7_919) % 256) },
  { name: 'another encoding', of: yaml, text: Buffer.from('\ufeffcopse: 1\n', 'utf16le') },
  { name: 'tabs', of: yaml, text: 'copse: 1\nprocedure:\n\tid: x\n', at: '3:1', says: /Indent with spaces/ },
  {
    name: 'the same key twice',
    of: ['operations', 'answers', 'scenarios'],
    text: 'a: 1\na: 2\n',
    at: '2:1',
    says: /line 1\. Remove/,
  },
  { name: 'a key of JavaScript', of: authored, text: '__proto__: {a: 1}\n', at: '1:1', says: /cannot be a key/ },
  { name: 'two documents', of: yaml, text: 'a: 1\n---\nb: 2', at: '2:1' },
  { name: 'a single number', of: yaml, text: '7', at: '1:1' },
  { name: 'what steers a terminal', of: yaml, text: '"\\e[2J\\e]0;owned\\a": 1\n', at: '1:\\d+' },
  {
    name: 'a document type',
    of: ['dmn'],
    text: '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]><l>&a;</l>',
    at: '1:\\d+',
  },
  { name: 'elements without end', of: ['dmn'], text: '<a>'.repeat(100_000), at: '1:\\d+', says: /nests too deeply/ },
  { name: 'text', of: ['dmn'], text: 'hello', at: '1:1' },
]

const procedures: readonly Omit<HostileFile, 'of'>[] = [
  {
    name: 'a text for a list',
    text: 'copse: 1\nprocedure:\n  id: p\n  steps: hello',
    at: '4:10',
    says: /should be a list/,
  },
  { name: 'steps that are none', text: procedure('- 7\n- null\n- [a]\n- {id: 7, action: [end]}'), at: '6:7' },
  {
    name: 'a key with a slip',
    text: procedure('- {id: a, action: end, sya: x}'),
    at: '6:28',
    says: /Did you mean "say"/,
  },
  { name: 'a condition with code', text: deciding('process.exit(1)'), at: '9:\\d+' },
  { name: 'a condition with brackets without end', text: deciding('('.repeat(9_000)), at: '9:\\d+' },
  { name: 'a condition of a megabyte', text: deciding('not '.repeat(200_000)), at: '9:\\d+', says: /longer than/ },
  { name: 'a pattern that looks ahead', text: asking('(?=a)b'), at: '9:42', says: /Describe the value itself/ },
  { name: 'a pattern that multiplies', text: asking('((a{1000}){1000}){1000}'), at: '9:42' },
  { name: 'a pattern that would backtrack', text: asking('(a+)+$'), isSound: true },
  {
    name: 'a text that reads prototypes',
    text: procedure('- {id: a, action: end, say: "{{case_id.__proto__.x}} {{process.env.HOME}} {{7*7}}"}'),
    at: '6:33',
  },
  {
    name: 'names of JavaScript',
    text: procedure('- {id: a, action: inform, say: x, next_step: constructor}\n- {id: b, action: toString}'),
    at: '6:50',
  },
  {
    name: 'fields of JavaScript',
    text: procedure(
      '- {id: a, action: collect_info, say: What?, extract_fields: [{key: constructor}, {key: toString}], required_fields: [constructor], next_step: end}',
    ),
    isSound: true,
  },
  {
    name: 'steps that go round for ever',
    text: procedure('- {id: a, action: inform, say: x, next_step: b}\n- {id: b, action: inform, say: y, next_step: a}'),
    by: ['check'],
  },
  {
    name: 'states that go round for ever',
    text: flow(
      'A: {on_enter: [{action: send_text, text: a}], transitions: [{always: true, target: B}]}\nB: {on_enter: [], transitions: [{always: true, target: A}]}',
    ),
    at: '6:\\d+',
  },
  {
    name: 'a state that sets prototypes',
    text: flow(
      'A: {on_enter: [{action: send_text, text: "{{constructor.name}}"}], transitions: [{on_payload: a, set_data: {constructor: {prototype: 1}}, target: constructor}], fallback: A}',
    ),
    at: '6:\\d+',
  },
  {
    name: 'two thousand steps that lead nowhere',
    text: procedure(lines(2_000, (at) => `- {id: s${at}, action: inform, say: x, next_step: t${at}}`)),
    at: '6:\\d+',
  },
  {
    name: 'three thousand steps of one name',
    text: procedure(lines(3_000, () => '- {id: s, action: end}')),
    at: '7:\\d+',
  },
  {
    name: 'a name of a megabyte',
    text: procedure(`- {id: ${'x'.repeat(500_000)}, action: ${'y'.repeat(400_000)}}`),
    at: '6:\\d+',
  },
  {
    name: 'a part of itself',
    text: procedure('- {id: a, action: subprocedure, procedure: p, next_step: end}'),
    at: '6:\\d+',
    says: /step of itself/,
  },
  {
    name: 'nudges without end',
    text: procedure(
      '- {id: a, action: end}',
      `on_silence:\n${lines(3_000, (at) => `  - {after: ${at + 1}m, do: nudge}`)}\n`,
    ),
    at: '6:\\d+',
  },
  { name: 'an id that steers a terminal', text: procedure('- {id: "a\\e[2J", action: "en\\rd"}'), at: '6:\\d+' },
]

const operations: readonly Omit<HostileFile, 'of'>[] = [
  { name: 'an effect with a slip', text: '- {name: x, effect: raed}\n', at: '1:21', says: /Did you mean "read"/ },
  {
    name: 'a key with a slip',
    text: '- {name: x, effect: read, confrim: true}\n',
    at: '1:27',
    says: /Did you mean "confirm"/,
  },
  {
    name: 'a type with a slip',
    text: '- {name: x, effect: read, params: {a: {type: strnig}}}\n',
    at: '1:46',
    says: /Did you mean "string"/,
  },
  { name: 'no effect', text: '- name: x\n', at: '1:3', says: /"effect" is missing/ },
  { name: 'a mapping for a list', text: 'a: 1\n', at: '1:1', says: /should be a list/ },
  { name: 'a time beyond all numbers', text: '- {name: x, effect: read, timeoutMs: 1e300}\n', at: '1:38' },
  { name: 'a list that only names itself', text: 'operations.yaml\n', at: '1:1', says: /should be a list/ },
]

const answers: readonly Omit<HostileFile, 'of'>[] = [
  { name: 'an operation with a slip', text: 'lookup_ordr: {found: true}\n', says: /Did you mean "lookup_order"/ },
  { name: 'a number for an answer', text: 'lookup_order: 7\n', at: '1:15', says: /should be an answer/ },
  {
    name: 'an argument that is none',
    text: 'lookup_order: [{when: {a: 1}, answer: timeout}]\n',
    says: /Known: order_id/,
  },
]

const scenarios: readonly Omit<HostileFile, 'of'>[] = [
  {
    name: 'a key with a slip',
    text: '- name: x\n  turns: [{customer: hi, exepct: {step: a}}]\n',
    at: '2:26',
    says: /Did you mean "expect"/,
  },
  {
    name: 'a status with a slip',
    text: '- name: x\n  turns: [{customer: hi, expect: {status: waitng}}]\n',
    at: '2:43',
    says: /Did you mean "waiting"/,
  },
  { name: 'no turns', text: '- name: x\n', at: '1:3', says: /"turns" is missing/ },
  {
    name: 'a conversation without end',
    text: `- name: x\n  turns:\n${'    - {customer: hello}\n'.repeat(300)}`,
    at: '3:5',
    says: /at most 200 turns/,
  },
  { name: 'a wait for years', text: '- name: x\n  turns: [{waits: 9999d}]\n', at: '2:19', says: /at most 400 days/ },
  {
    name: 'waits for two hundred years',
    text: `- name: x\n  turns:\n    - {customer: where is my order}\n${'    - {waits: 400 days}\n'.repeat(190)}`,
    isSound: true,
  },
  {
    name: 'an answer that is none',
    text: '- name: x\n  given: {lookup_order: 7, model: 3}\n  turns: [{customer: hi}]\n',
    at: '2:\\d+',
  },
  {
    name: 'a name that steers a terminal',
    text: '- name: "a\\e[2Jb"\n  turns: [{customer: hi, expect: {step: "\\e[2Jx"}}]\n',
    at: '2:\\d+',
  },
]

const tables: readonly Omit<HostileFile, 'of'>[] = [
  { name: 'a number for rules', text: 'table:\n  inputs: [case_id]\n  outputs: [x]\n  rules: 7\n', at: '[45]:\\d+' },
  {
    name: 'cells with code',
    text: 'table:\n  inputs: [case_id]\n  outputs: [x]\n  rules:\n    - [process.exit(1), 1]\n',
    at: '5:\\d+',
  },
  {
    name: 'a cell with brackets without end',
    text: `table:\n  inputs: [case_id]\n  outputs: [x]\n  rules:\n    - ["${'('.repeat(5_000)}", "${'not('.repeat(3_000)}"]\n`,
    at: '5:\\d+',
  },
]

const each = (kind: Kind, some: readonly Omit<HostileFile, 'of'>[]): HostileFile[] =>
  some.map((one) => ({ ...one, of: [kind] }))

export const hostile: readonly HostileFile[] = [
  ...anything,
  ...each('procedure', procedures),
  ...each('operations', operations),
  ...each('answers', answers),
  ...each('scenarios', scenarios),
  ...each('table', tables),
]
