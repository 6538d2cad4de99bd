import { describe, expect, it } from 'vitest'
import { compileModel, parseDmn, type Model } from '../index.ts'
import { cost } from '../testing/cost.ts'

const namespaces = [
  'http://www.omg.org/spec/DMN/20180521/MODEL/',
  'https://www.omg.org/spec/DMN/20191111/MODEL/',
  'https://www.omg.org/spec/DMN/20211108/MODEL/',
  'https://www.omg.org/spec/DMN/20230324/MODEL/',
]
const dmn = (content: string, namespace = namespaces[1]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="${namespace}" name="m" namespace="urn:m">\n${content}\n</definitions>\n`
const decision = (logic: string, name = 'd', requires = ''): string =>
  `<decision id="${name}" name="${name}"><variable name="${name}"/>${requires}${logic}</decision>`
const text = (feel: string): string => `<literalExpression><text>${feel}</text></literalExpression>`
const modelOf = (xml: string): Model => {
  const parsed = parseDmn(xml)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics))
  return parsed.model
}
const resultOf = (logic: string): unknown => compileModel(modelOf(dmn(decision(logic)))).evaluate('d', {}).output
const faultsOf = (xml: string): string[] => {
  const parsed = parseDmn(xml)
  return parsed.ok ? [] : parsed.diagnostics.map(({ code, line, column }) => `${line}:${column} ${code}`)
}

describe('a DMN file', () => {
  it.each(namespaces)('is read in the namespace %s', (namespace) => {
    expect(compileModel(modelOf(dmn(decision(text('1 + 1')), namespace))).evaluate('d', {}).output).toBe(2)
  })

  it('is read with prefixes, comments, CDATA and entities', () => {
    const xml = `\uFEFF<!-- a --><x:definitions xmlns:x="${namespaces[3]}" name="a &amp; b" namespace='urn:m'>
      <x:decision id="d" name="d"><x:variable name="d"/><other xmlns="urn:other"><decision/></other>
      <x:literalExpression><x:text><![CDATA["<&"]]> + &quot;&#x41;&#66;&lt;&quot;<!-- b --></x:text></x:literalExpression>
      </x:decision></x:definitions>`
    expect(modelOf(xml).name).toBe('a & b')
    expect(compileModel(modelOf(xml)).evaluate('d', {}).output).toBe('<&AB<')
  })

  it.each([
    [
      'a context',
      `<context><contextEntry><variable name="a"/>${text('1')}</contextEntry><contextEntry><variable name="b"/>${text('a + 1')}</contextEntry></context>`,
      { a: 1, b: 2 },
    ],
    [
      'a context with a result',
      `<context><contextEntry><variable name="a"/>${text('1')}</contextEntry><contextEntry>${text('a + 1')}</contextEntry></context>`,
      2,
    ],
    ['a list', `<list>${text('1')}${text('"a"')}</list>`, [1, 'a']],
    [
      'a relation',
      `<relation><column name="x"/><column name="y"/><row>${text('1')}${text('2')}</row></relation>`,
      [{ x: 1, y: 2 }],
    ],
    [
      'a condition',
      `<conditional><if>${text('1 &gt; 2')}</if><then>${text('"a"')}</then><else>${text('"b"')}</else></conditional>`,
      'b',
    ],
    ['a filter', `<filter><in>${text('[1, 2, 3]')}</in><match>${text('item &gt; 1')}</match></filter>`, [2, 3]],
    ['a loop', `<for iteratorVariable="x"><in>${text('[1, 2]')}</in><return>${text('x * 2')}</return></for>`, [2, 4]],
    [
      'some',
      `<some iteratorVariable="x"><in>${text('[1, 2]')}</in><satisfies>${text('x &gt; 1')}</satisfies></some>`,
      true,
    ],
    [
      'every',
      `<every iteratorVariable="x"><in>${text('[1, 2]')}</in><satisfies>${text('x &gt; 1')}</satisfies></every>`,
      false,
    ],
    [
      'a function, invoked',
      `<context><contextEntry><variable name="f"/><functionDefinition><formalParameter name="x" typeRef="number"/>${text('x + 1')}</functionDefinition></contextEntry><contextEntry><invocation>${text('f')}<binding><parameter name="x"/>${text('2')}</binding></invocation></contextEntry></context>`,
      3,
    ],
    [
      'a function in Java',
      `<context><contextEntry><variable name="f"/><functionDefinition kind="Java">${text('{}')}</functionDefinition></contextEntry><contextEntry>${text('f(1)')}</contextEntry></context>`,
      null,
    ],
    ['nothing', '', null],
    ['an empty text', text(''), null],
  ])('holds %s', (_, logic, expected) => {
    expect(resultOf(logic)).toEqual(expected)
  })

  it('holds tables, whose columns take their types and values from the model', () => {
    const model = modelOf(
      dmn(`<itemDefinition name="tTier"><typeRef>string</typeRef><allowedValues><text>"gold", "silver"</text></allowedValues></itemDefinition>
      <inputData id="i" name="tier"><variable name="tier" typeRef="tTier"/></inputData>
      ${decision(
        `<decisionTable hitPolicy="COLLECT" aggregation="SUM" outputLabel="points">
          <input label="Tier"><inputExpression typeRef="tTier"><text>tier</text></inputExpression></input>
          <output name="points" typeRef="number"><defaultOutputEntry><text>0</text></defaultOutputEntry></output>
          <annotation name="why"/>
          <rule id="r1"><inputEntry><text>"gold"</text></inputEntry><outputEntry><text>3</text></outputEntry><annotationEntry><text>best</text></annotationEntry></rule>
          <rule><inputEntry><text></text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
        </decisionTable>`,
        'points',
        '<informationRequirement><requiredInput href="#i"/></informationRequirement>',
      )}`),
    )
    const logic = model.decisions[0]?.logic
    expect(logic?.box === 'table' && logic.table).toEqual({
      name: 'points',
      hitPolicy: 'collect',
      aggregation: 'sum',
      inputs: [{ label: 'Tier', expression: 'tier', type: 'string', values: '"gold", "silver"' }],
      outputs: [{ name: 'points', type: 'number', default: '0' }],
      rules: [
        { id: 'r1', note: 'best', when: ['"gold"'], yields: ['3'] },
        { when: ['-'], yields: ['1'] },
      ],
    })
    expect(compileModel(model).evaluate('points', { tier: 'gold' })).toMatchObject({
      output: 4,
      tables: [{ at: 'points', rules: [1, 2] }],
    })
  })

  it('tells the line and column of text that is no FEEL', () => {
    const table = `<decisionTable><input><inputExpression><text>1</text></inputExpression></input><output/>
    <rule><inputEntry><text>
      &lt; 5 ,
      &lt; ]</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable>`
    const parsed = parseDmn(dmn(`${decision(text('1 +\n  2 3'), 'a')}\n${decision(table, 'b')}`))
    if (!parsed.ok) throw new Error('not read')
    const { diagnostics, evaluate } = compileModel(parsed.model, { places: parsed.places })
    expect(diagnostics.map(({ line, column, path }) => ({ line, column, path }))).toEqual([
      { line: 4, column: 5, path: 'a' },
      { line: 8, column: 13, path: 'b.rules.0.when.0' },
    ])
    expect(evaluate('a', {})).toMatchObject({ output: null, problems: [{ code: 'expression_invalid', at: 'a' }] })
  })
})

describe('a file that is no DMN, or hostile', () => {
  const bomb = Array.from({ length: 9 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};&e${i};&e${i};">`).join('')

  it.each([
    ['empty', '', '1:1 xml_invalid'],
    ['text', 'hello', '1:1 xml_invalid'],
    ['JSON', '{"a": 1}', '1:1 xml_invalid'],
    ['another format', '<html xmlns="http://www.w3.org/1999/xhtml"></html>', '1:1 not_a_model'],
    ['DMN 1.1', dmn('', 'http://www.omg.org/spec/DMN/20151101/dmn.xsd'), '2:1 not_a_model'],
    ['a DOCTYPE', `<?xml version="1.0"?>\n <!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>`, '2:2 xml_invalid'],
    ['a bomb of entities', `<!DOCTYPE x [<!ENTITY e0 "ha">${bomb}]><x>&e9;</x>`, '1:1 xml_invalid'],
    ['an unknown entity', dmn('<a>&nbsp;</a>'), '3:4 xml_invalid'],
    ['half an entity', dmn('<a>&#x;</a>'), '3:4 xml_invalid'],
    ['an entity beyond Unicode', dmn('<a>&#x110000;</a>'), '3:4 xml_invalid'],
    ['a tag that is not closed', '<a>\n  <b>\n</a>', '3:1 xml_invalid'],
    ['a tag too many', '<a></a></b>', '1:8 xml_invalid'],
    ['half a tag', '<a>\n <b x="1', '2:7 xml_invalid'],
    ['half a comment', '<a><!-- x</a>', '1:4 xml_invalid'],
    ['an attribute without a value', '<a b></a>', '1:5 xml_invalid'],
    ['an attribute twice', '<a b="1" b="2"></a>', '1:10 xml_invalid'],
    ['an undeclared prefix', '<a><b:c/></a>', '1:4 xml_invalid'],
    ['two roots', '<a/><b/>', '1:5 xml_invalid'],
    ['a table without cells', dmn(decision('<decisionTable><output/><rule/></decisionTable>')), '3:47 table_invalid'],
    [
      'an unknown hit policy',
      dmn(decision('<decisionTable hitPolicy="BEST"><output/></decisionTable>')),
      '3:47 table_invalid',
    ],
  ])('is refused with its place: %s', (_, xml, expected) => {
    expect(faultsOf(xml)[0]).toBe(expected)
  })

  it.each([
    ['a megabyte and more', `<a>${'x'.repeat(1_000_001)}</a>`],
    ['very deep', '<a>'.repeat(300_000)],
    ['very many elements', `<a>${'<b/>'.repeat(200_000)}</a>`],
    ['very many attributes', `<a ${Array.from({ length: 80_000 }, (_, i) => `a${i}="1"`).join(' ')}></a>`],
    ['very many entities', `<a>${'&amp;'.repeat(199_000)}</a>`],
    ['very many namespaces', '<a xmlns:x="y">'.repeat(60)],
    ['a long comment that never ends', `<!--${'-'.repeat(900_000)}`],
    ['a long name', `<${'a'.repeat(900_000)}`],
    ['long white space', `<a${' '.repeat(900_000)}`],
    ['very many texts', dmn(decision(`<list>${text('[[[[1]]]]').repeat(11_000)}</list>`))],
  ])('costs little: %s', (_, xml) => {
    expect(cost(() => parseDmn(xml)).ms).toBeLessThan(4_000)
  })
})
