import { field, type Field } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import type { ExtractTask } from '../../provider.ts'
import { extractOffline } from '../extract.ts'

const define = (given: { key: string } & Partial<Field>): Field => field.parse(given)

const shop = define({ key: 'shop_name', description: 'Name of the shop', examples: ['Northwind', 'Blue Door'] })

const read = (fields: Field[], message: string, given: Partial<ExtractTask> = {}) =>
  extractOffline({ message, fields, asked: [], opening: false, triggers: [], today: '2026-11-20', ...given })

describe('names', () => {
  it.each([
    ['from northwind', 'Northwind'],
    ['I bought it at BLUE DOOR', 'Blue Door'],
    ['my order from GadgetWorld', 'GadgetWorld'],
    ['a lamp from Home & Garden Supplies, broken', 'Home & Garden Supplies'],
    ['not from Northwind but from Acme', 'Acme'],
    ['I have a problem with Acme', 'Acme'],
    ['mi pedido de Tienda Azul', 'Tienda Azul'],
    ['refund from Home Depot please', 'Home Depot'],
  ])('are listed ones or stand after «from»: «%s»', (message, value) => {
    expect(read([shop], message)).toEqual({ shop_name: value })
  })

  it.each([
    'I ordered it with My card',
    'I paid with Visa',
    'soy de Madrid',
    'write to me at Jane@example.com',
    'it is from Monday',
    'from May to June',
    'from You',
    'HELP ME AT HOME',
    'at PO-310',
  ])('are never months, days, pronouns or codes: «%s»', (message) => {
    expect(read([shop], message)).toEqual({})
  })

  it('may be lower case once they were asked for', () => {
    expect(read([shop], 'gadgetworld', { asked: ['shop_name'] })).toEqual({ shop_name: 'gadgetworld' })
    expect(read([shop], "it's from gadget world", { asked: ['shop_name'] })).toEqual({ shop_name: 'gadget world' })
    for (const message of ['dunno', 'the usual one', 'I have no idea sorry', 'what?']) {
      expect(read([shop], message, { asked: ['shop_name'] })).toEqual({})
    }
  })

  it('may be bare where all else that was asked for is a number or an address', () => {
    const fields = [
      define({ key: 'company', examples: ['Northwind', 'Blue Door'] }),
      define({ key: 'size', type: 'integer' }),
      define({ key: 'email', type: 'email' }),
    ]
    const asked = ['company', 'size', 'email']
    expect(read(fields, 'Red Bikes', { asked })).toEqual({ company: 'Red Bikes' })
    expect(read(fields, 'red bikes', { asked })).toEqual({ company: 'red bikes' })
    for (const message of [
      'several',
      'twenty people',
      'two hundred',
      '20-30 people',
      'dozens',
      'not sure',
      'tomorrow',
      'a few',
    ])
      expect(read(fields, message, { asked }), message).not.toHaveProperty('company')
    const day = define({ key: 'day', type: 'date' })
    expect(read([...fields, day], 'weekend', { asked: [...asked, 'day'] })).toEqual({})
  })

  it.each([
    ['from Madrid to Paris', 'Madrid', 'Paris'],
    ['madrid to paris', 'Madrid', 'Paris'],
    ['to Rome from Paris', 'Paris', 'Rome'],
    ['3 rooms from London to Oslo', 'London', 'Oslo'],
    ['de París a Milán', 'Paris', 'Milán'],
    ['Madrid → Oslo', 'Madrid', 'Oslo'],
  ])('of the two ends of a journey are kept apart: «%s»', (message, from, to) => {
    const fields = [
      define({ key: 'from_city', examples: ['Madrid', 'Paris'] }),
      define({ key: 'to_city', examples: ['Rome', 'Paris'] }),
    ]
    for (const asked of [[], ['from_city', 'to_city']])
      expect(read(fields, message, { asked })).toEqual({ from_city: from, to_city: to })
  })

  it('of the end of a journey follow the word «a», and no word that ends in it', () => {
    const to = define({ key: 'to_city', examples: ['Rome', 'Paris'] })
    expect(read([to], 'me llamo Ana García López')).toEqual({})
    expect(read([to], 'voy a Oslo')).toEqual({ to_city: 'Oslo' })
  })

  it('may be said with what they name', () => {
    const company = define({ key: 'company', title: 'your company', examples: ['Northwind', 'Blue Door'] })
    const asked = ['company']
    for (const lead of ['no, the company is', 'The company name is', 'Company:'])
      expect(read([company], `${lead} Red Bikes`, { asked }), lead).toEqual({ company: 'Red Bikes' })
    expect(read([company], 'our company is red bikes', { asked })).toEqual({ company: 'red bikes' })
    expect(read([company], 'my company is not open', { asked })).toEqual({})
  })

  it('of persons are what stands beside the other things that were asked for', () => {
    const fields = [define({ key: 'name' }), define({ key: 'email', type: 'email' })]
    const asked = ['name', 'email']
    for (const message of ['Ana López, ana@example.com', 'ana@example.com Ana López', 'Ana López ana@example.com.'])
      expect(read(fields, message, { asked })).toEqual({ name: 'Ana López', email: 'ana@example.com' })
    for (const lead of [
      'Sure',
      'Yes',
      'Hi',
      'Hello',
      'Thanks',
      'Please',
      'OK',
      'Claro',
      'Hola',
      'Sí',
      'Email:',
      'Here it is',
      'The address is',
      'My mail',
    ])
      expect(read(fields, `${lead}, ana@example.com`, { asked }), lead).toEqual({ email: 'ana@example.com' })
    expect(read(fields, 'Ana, Berta, ana@example.com', { asked })).toEqual({ email: 'ana@example.com' })
    expect(read(fields, 'Ana López, ana@example.com', { asked: [] })).toEqual({ email: 'ana@example.com' })
  })

  it('of persons are not cut down to an example', () => {
    const fields = [define({ key: 'name', examples: ['John', 'Maria Lopez'] }), define({ key: 'email', type: 'email' })]
    for (const name of ['John Smith', 'Elton John', 'John', 'Maria Lopez'])
      for (const message of [name, `my name is ${name}`, `${name}, a@b.example`])
        expect(read(fields, message, { asked: ['name', 'email'] }), message).toMatchObject({ name })
  })

  it('of persons are taken without what they own', () => {
    const name = define({ key: 'name', examples: ['John', 'Ana'] })
    for (const message of ["It is John's order", 'John’s'])
      expect(read([name], message), message).toEqual({ name: 'John' })
  })

  it('of persons are found as fast in a long message', () => {
    const name = define({ key: 'name', examples: ['John'] })
    const startedAt = performance.now()
    expect(read([name], `${'A'.repeat(3000)}${' John'.repeat(900)}, John`)).toEqual({ name: 'John' })
    expect(performance.now() - startedAt).toBeLessThan(1000)
  })

  it('of persons are read where people introduce themselves', () => {
    const name = define({ key: 'customer_name', description: 'Name of the customer' })
    expect(read([name], "Hi, I'm Jane Smith and my lamp broke")).toEqual({ customer_name: 'Jane Smith' })
    expect(read([name], 'me llamo José Núñez')).toEqual({ customer_name: 'José Núñez' })
    expect(read([name], 'I bought it from Northwind')).toEqual({})
  })
})

describe('the name of a person who was asked for it', () => {
  const name = define({ key: 'customer_name', title: 'name' })
  const asked = { asked: ['customer_name'] }

  it.each([
    ['Mr John', 'Mr John'],
    ['señora García', 'señora García'],
    ['soy la señora García', 'señora García'],
    ['me llamo ana', 'ana'],
    ['hola, me llamo ana lópez', 'ana lópez'],
    ['mi nombre es ana', 'ana'],
    ['soy Ana', 'Ana'],
    ["sure it's Ana", 'Ana'],
    ['Im John', 'John'],
    ['call me John', 'John'],
    ['under Smith', 'Smith'],
    ['a nombre de García', 'García'],
    ['Smith please', 'Smith'],
    ['Ana, gracias', 'Ana'],
    ['John here', 'John'],
    ['Ana 👍', 'Ana'],
    ['Ana María de la Cruz', 'Ana María de la Cruz'],
    ['me llamo Juan de la Cruz', 'Juan de la Cruz'],
    ['my name is Ana and I want a table', 'Ana'],
    ['May', 'May'],
    ['Don', 'Don'],
  ])('is read as people say it: «%s»', (message, value) => {
    expect(read([name], message, asked)).toEqual({ customer_name: value })
  })

  it.each([
    'Mr',
    'Señora',
    'I am hungry',
    'I am called in by John',
    "I'M IN A HURRY",
    'im late',
    'call me later',
    'soy vegetariano',
    'for two',
    'para dos',
    'for tomorrow',
  ])('is not «%s»', (message) => {
    expect(read([name], message, asked)).toEqual({})
  })

  it('is found beside a number of guests', () => {
    const guests = define({ key: 'guests', type: 'integer' })
    const both = { asked: ['customer_name', 'guests'] }
    expect(read([name, guests], 'Mr John, 2', both)).toEqual({ customer_name: 'Mr John', guests: 2 })
    expect(read([name, guests], 'me llamo ana, somos 2', both)).toMatchObject({ guests: 2 })
    const day = define({ key: 'day', type: 'date' })
    expect(read([name, day], 'May 5', { asked: ['customer_name', 'day'] })).toEqual({ day: '2027-05-05' })
  })
})
