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

  it('of persons are read where people introduce themselves', () => {
    const name = define({ key: 'customer_name', description: 'Name of the customer' })
    expect(read([name], "Hi, I'm Jane Smith and my lamp broke")).toEqual({ customer_name: 'Jane Smith' })
    expect(read([name], 'me llamo José Núñez')).toEqual({ customer_name: 'José Núñez' })
    expect(read([name], 'I bought it from Northwind')).toEqual({})
  })
})
