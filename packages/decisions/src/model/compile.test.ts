import { describe, expect, it } from 'vitest'
import { compileModel, DecisionFault, parseDmn, type Model } from '../index.ts'
import { cost } from '../testing/cost.ts'

const text = (feel: string): string =>
  `<literalExpression><text>${feel.replaceAll('<', '&lt;')}</text></literalExpression>`
const needs = (...ids: string[]): string =>
  ids
    .map((id) => {
      const kind = id.startsWith('i') ? 'requiredInput' : id.startsWith('k') ? 'requiredKnowledge' : 'requiredDecision'
      const requirement = id.startsWith('k') ? 'knowledgeRequirement' : 'informationRequirement'
      return `<${requirement}><${kind} href="#${id}"/></${requirement}>`
    })
    .join('')
const part = (kind: string, name: string, content: string, type = ''): string =>
  `<${kind} id="${name}" name="${name}"><variable name="${name}"${type && ` typeRef="${type}"`}/>${content}</${kind}>`
const model = (...parts: string[]): Model => {
  const xml = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="urn:m">${parts.join('')}</definitions>`
  const parsed = parseDmn(xml)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics))
  return parsed.model
}
const faultOf = (run: () => unknown): DecisionFault => {
  try {
    run()
  } catch (error) {
    if (error instanceof DecisionFault) return error
    throw error
  }
  throw new Error('no fault')
}

describe('a decision', () => {
  it('is found out with all that it needs, each part once', () => {
    const { evaluate } = compileModel(
      model(
        part('inputData', 'i1', '', 'number'),
        part('decision', 'd1', `${needs('i1')}${text('i1 + 1')}`),
        part('decision', 'd2', `${needs('d1')}${text('d1 * 2')}`),
        part('decision', 'd3', `${needs('d1', 'd2')}${text('[d1, d2]')}`),
      ),
    )
    expect(evaluate('d3', { i1: 4 })).toEqual({ output: [5, 10], tables: [], problems: [] })
  })

  it('knows only what it says that it needs', () => {
    const given = model(part('inputData', 'i1', '', 'number'), part('decision', 'd1', text('i1')))
    expect(compileModel(given).evaluate('d1', { i1: 4 }).output).toBeNull()
  })

  it('takes inputs of their types, and says so when they are not', () => {
    const { evaluate } = compileModel(
      model(
        '<itemDefinition name="tLine"><itemComponent name="on"><typeRef>date</typeRef></itemComponent></itemDefinition>',
        '<itemDefinition name="tLines" isCollection="true"><typeRef>tLine</typeRef></itemDefinition>',
        '<itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>[0..120]</text></allowedValues></itemDefinition>',
        part('inputData', 'i1', '', 'tLines'),
        part('inputData', 'i2', '', 'tAge'),
        part('decision', 'd1', `${needs('i1')}${text('i1[on < @"2026-02-01"].on.day')}`),
        part('decision', 'd2', `${needs('i2')}${text('i2')}`),
      ),
    )
    const lines = { i1: [{ on: '2026-01-31' }, { on: '2026-02-28' }] }
    expect(evaluate('d1', lines)).toMatchObject({ output: [31], problems: [] })
    expect(evaluate('d1', { i1: [{ on: 'soon' }] })).toMatchObject({
      problems: [{ code: 'input_not_allowed', at: 'i1' }],
    })
    expect(evaluate('d2', { i2: 44 })).toMatchObject({ output: 44, problems: [] })
    for (const i2 of [200, '44', [1, 2], {}]) {
      expect(evaluate('d2', { i2 })).toMatchObject({ output: null, problems: [{ code: 'input_not_allowed' }] })
    }
  })

  it('has a value of its type, or none', () => {
    const { evaluate } = compileModel(
      model(part('decision', 'd1', text('"5"'), 'number'), part('decision', 'd2', text('[5]'), 'number')),
    )
    expect(evaluate('d1', {})).toMatchObject({ output: null, problems: [{ code: 'output_not_allowed', at: 'd1' }] })
    expect(evaluate('d2', {})).toMatchObject({ output: 5, problems: [] })
  })

  it('calls functions of the model, which may call themselves', () => {
    const { evaluate } = compileModel(
      model(
        part(
          'businessKnowledgeModel',
          'k1',
          `<encapsulatedLogic><formalParameter name="n" typeRef="number"/>${text('if n < 2 then 1 else n * k1(n - 1)')}</encapsulatedLogic>`,
        ),
        part('inputData', 'i1', '', 'number'),
        part('decision', 'd1', `${needs('i1', 'k1')}${text('k1(i1)')}`),
        part('decision', 'd2', `${needs('k1')}${text('k1("5")')}`),
      ),
    )
    expect(evaluate('d1', { i1: 5 }).output).toBe(120)
    expect(evaluate('d2', {}).output).toBeNull()
    expect(evaluate('d1', { i1: 1e6 })).toMatchObject({ output: null, problems: [{ code: 'budget_spent' }] })
  })

  it('uses names that hold blanks, also of parts and of other decisions', () => {
    const { evaluate } = compileModel(
      model(
        part('decision', 'd one', text('[{full name: "a", age: 3}, {full name: "b", age: 5}]')),
        part('decision', 'd2', `${needs('d one')}${text('d one[age > 4].full name')}`),
      ),
    )
    expect(evaluate('d2', {}).output).toEqual(['b'])
  })

  it('is asked for by a name that exists', () => {
    const { evaluate, decisions } = compileModel(model(part('decision', 'fee', text('1'))))
    expect(decisions).toEqual(['fee'])
    const fault = faultOf(() => evaluate('fees', {}))
    expect([fault.code, fault.fix]).toEqual(['unknown_decision', 'Did you mean "fee"?'])
  })
})

describe('decisions that need each other in a circle', () => {
  it.each([
    ['itself', [part('decision', 'd1', needs('d1'))], 'd1.d1'],
    ['two', [part('decision', 'd1', needs('d2')), part('decision', 'd2', needs('d1'))], 'd1.d2.d1'],
    [
      'three, behind another',
      [
        part('decision', 'd0', needs('d1')),
        part('decision', 'd1', needs('d2')),
        part('decision', 'd2', needs('d3')),
        part('decision', 'd3', needs('d1')),
      ],
      'd1.d2.d3.d1',
    ],
  ])('are refused: %s', (_, parts, path) => {
    const fault = faultOf(() => compileModel(model(...parts)))
    expect([fault.code, fault.path]).toEqual(['decision_cycle', path])
  })

  it('are found in very long chains without running out of stack', () => {
    const chain = Array.from({ length: 3_000 }, (_, i) => part('decision', `d${i}`, needs(`d${(i + 1) % 3_000}`)))
    expect(faultOf(() => compileModel(model(...chain))).code).toBe('decision_cycle')
  })
})

describe('a decision service', () => {
  const services = model(
    part('inputData', 'i1', '', 'number'),
    part('decision', 'd1', `${needs('i1')}${text('i1 + 1')}`, 'number'),
    part('decision', 'd2', `${needs('d1', 'i1')}${text('d1 * 10 + i1')}`),
    part('decision', 'd3', `${needs('d1')}${text('-d1')}`),
    part('decisionService', 'ks1', '<outputDecision href="#d2"/><inputDecision href="#d1"/><inputData href="#i1"/>'),
    part('decisionService', 'ks2', '<outputDecision href="#d2"/><outputDecision href="#d3"/><inputData href="#i1"/>'),
    part('decision', 'd4', `${needs('ks1')}${text('ks1(2, 7)')}`),
    part('decision', 'd5', `${needs('ks1')}${text('ks1(d1: 1, i1: 3)')}`),
  )

  it('is asked like a decision; what it is given, it does not find out', () => {
    const { evaluate } = compileModel(services)
    expect(evaluate('ks1', { i1: 1, d1: 5 }).output).toBe(51)
    expect(evaluate('ks2', { i1: 1, d1: 5 }).output).toEqual({ d2: 21, d3: -2 })
    expect(evaluate('ks1', { i1: 1, d1: 'five' })).toMatchObject({
      problems: [{ code: 'input_not_allowed', at: 'd1' }],
    })
  })

  it('is called like a function, with its inputs first', () => {
    const { evaluate } = compileModel(services)
    expect(evaluate('d4', {}).output).toBe(72)
    expect(evaluate('d5', {}).output).toBe(13)
  })
})

describe('a model that imports another', () => {
  it('uses its types and functions under the name of the import', () => {
    const imported = model(
      '<itemDefinition name="tAge"><typeRef>number</typeRef></itemDefinition>',
      part(
        'businessKnowledgeModel',
        'k1',
        `<encapsulatedLogic><formalParameter name="n"/>${text('n + 1')}</encapsulatedLogic>`,
      ),
    )
    imported.namespace = 'urn:other'
    const importing = model(
      '<import name="other" namespace="urn:other"/>',
      part('inputData', 'i1', '', 'other.tAge'),
      part(
        'decision',
        'd1',
        `${needs('i1')}<knowledgeRequirement><requiredKnowledge href="urn:other#k1"/></knowledgeRequirement>${text('other.k1(i1)')}`,
      ),
    )
    const { evaluate } = compileModel(importing, { imports: [imported] })
    expect(evaluate('d1', { i1: 4 }).output).toBe(5)
    expect(evaluate('d1', { i1: 'x' }).problems).toHaveLength(1)
    expect(compileModel(importing).evaluate('d1', { i1: 4 }).output).toBeNull()
  })
})

describe('a model that is hostile', () => {
  const megabyte = (feel: string, more = ''): string => {
    const one = text(feel)
    return part('decision', 'd1', `${more}<list>${one.repeat(Math.floor((900_000 - more.length) / one.length))}</list>`)
  }
  const many = Array.from({ length: 900 }, (_, i) => `i${i}`)

  it.each([
    ['of long texts', megabyte(`[${'a,'.repeat(440)}a]`)],
    ['of short texts', megabyte('[1]')],
    ['of texts that are no FEEL', megabyte('a '.repeat(450))],
    ['of deep texts', megabyte('{a:'.repeat(31) + '1' + '}'.repeat(31))],
    ['of many names', megabyte('a+'.repeat(450) + 'a', needs(...many))],
  ])('%s is compiled in bounded time', (_, decision) => {
    const inputs = decision.includes('i899') ? many.map((name) => part('inputData', name, '')) : []
    const parsed = model(...inputs, decision)
    expect(cost(() => compileModel(parsed)).ms).toBeLessThan(8_000)
  })
})
