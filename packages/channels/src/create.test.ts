import { inspect } from 'node:util'
import { Fault, type ChannelBinding } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { factories, pullChannels } from './all.ts'
import { createChannels } from './create.ts'
import { channelTypes, manifests } from './manifests.ts'

const credential = { accessToken: 'EAAGsecretToken', appSecret: 'the-secret-of-the-app', verifyToken: 'a-word-of-ours' }
const secrets = { meta: JSON.stringify(credential) }
const bind = (given: Partial<ChannelBinding> = {}): ChannelBinding => ({
  name: 'shop',
  type: 'whatsapp',
  config: { phoneNumberId: '1122334455667' },
  credential: 'meta',
  ...given,
})

describe('the channels of a tenant', () => {
  it('are our own even without a binding, each with what its manifest says', async () => {
    const channels = await createChannels([], {})
    expect([...channels.keys()]).toEqual(['webchat', 'api', 'http_dev'])
    for (const [name, channel] of channels) {
      expect(channel.name).toBe(name)
      expect(channel.limits).toEqual(manifests[name as keyof typeof manifests])
      expect(channel.delivery).toBe('pull')
    }
  })

  it('are one more for each binding that pushes, under its name', async () => {
    const bindings = [bind(), bind({ name: 'repairs', config: { phoneNumberId: '99887766' } })]
    const channels = await createChannels(bindings, secrets)
    for (const name of ['shop', 'repairs']) {
      expect(channels.get(name)).toMatchObject({ name, delivery: 'push', limits: manifests.whatsapp })
      expect(channels.get(name)).toHaveProperty('send')
      expect(channels.get(name)?.webhook).toBeDefined()
    }
  })

  it('may have a binding of our own kind, which adds nothing', async () => {
    const channels = await createChannels([bind({ name: 'web', type: 'webchat', config: {} })], secrets)
    expect(channels.has('web')).toBe(false)
  })

  it('know the same types as data and as code', () => {
    const asCode = [...pullChannels.map(({ name }) => name), ...Object.keys(factories)]
    expect(channelTypes.map(({ type }) => type)).toEqual(asCode)
    expect(Object.keys(manifests)).toEqual(asCode)
  })
})

describe('a binding', () => {
  const refusal = async (bindings: ChannelBinding[], given: Record<string, string> = secrets): Promise<Fault> => {
    try {
      await createChannels(bindings, given)
    } catch (error) {
      return error as Fault
    }
    throw new Error('It was taken.')
  }
  const without = (field: keyof typeof credential) =>
    JSON.stringify(Object.fromEntries(Object.entries(credential).filter(([name]) => name !== field)))

  it.each([
    ['an unknown type', bind({ type: 'fax' }), 'channel shop, type: no channel is called "fax". There is webchat,'],
    ['the number itself', bind({ config: { phoneNumberId: '+34 600' } }), 'channel shop, config.phoneNumberId:'],
    ['nothing set', bind({ config: {} }), 'channel shop, config.phoneNumberId:'],
    ['another protocol', bind({ config: { phoneNumberId: '11223344', baseUrl: 'ftp://x' } }), 'config.baseUrl:'],
    [
      'a long opener',
      bind({ config: { phoneNumberId: '11223344', listOpener: 'x'.repeat(21) } }),
      'config.listOpener:',
    ],
    ['a setting that does not exist', bind({ config: { phoneNumberId: '11223344', retries: 3 } }), 'retries'],
    ['no credential', bind({ credential: undefined }), 'channel shop, credential: name the credential'],
    ['a credential that is not there', bind({ credential: 'other' }), 'channel shop, credential other: there is none'],
    ['a credential that every object has', bind({ credential: 'constructor' }), 'there is none of this name'],
    ['a name that is ours', bind({ name: 'api' }), 'channel api, name: every tenant has a channel called api.'],
    ['a setting for the chat page', bind({ name: 'w', type: 'webchat', config: { color: 1 } }), 'channel w, config'],
  ])('with %s is refused, and the field is named', async (_, binding, words) => {
    const fault = await refusal([binding])
    expect(fault.code).toBe('config_invalid')
    expect(fault.detail).toContain(words)
  })

  it.each([
    ['the token alone', credential.accessToken, 'credential meta: it is not a JSON object.'],
    ['a list', '["EAAGsecretToken"]', 'it is not a JSON object.'],
    ['no app secret', without('appSecret'), 'credential meta.appSecret:'],
    ['an empty app secret', JSON.stringify({ ...credential, appSecret: '' }), 'credential meta.appSecret:'],
    ['a token with a line break', JSON.stringify({ ...credential, accessToken: 'EAAGsecretToken\n' }), 'accessToken:'],
    ['no verify token', without('verifyToken'), 'credential meta.verifyToken:'],
  ])('with %s as credential is refused, and no secret is shown', async (_, meta, words) => {
    const fault = await refusal([bind()], { meta })
    expect(fault.detail).toContain(words)
    const shown = inspect(fault, { depth: Infinity, showHidden: true })
    for (const secret of Object.values(credential)) expect(shown).not.toContain(secret)
  })

  it('that comes twice is refused; everything wrong is said at once', async () => {
    expect((await refusal([bind(), bind()])).detail).toBe('channel shop, name: two bindings have it.')
    const twice = await refusal([bind({ type: 'fax' }), bind({ name: 'b', config: {} })])
    expect(twice.detail?.split('\n')).toHaveLength(2)
  })
})
