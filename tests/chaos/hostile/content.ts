import { gzipSync } from 'node:zlib'
import type { Json, JsonObject } from '@copse/contracts'
import { startWhatsAppCloud, whatsAppEnvelope, whatsAppText } from '@copse/testkit'
import { many, type HostileCase } from './case.ts'
import type { HostileWorld } from './world.ts'

const signed = (name: string, bodies: (world: HostileWorld) => (string | Buffer)[]): HostileCase => ({
  name,
  allowed: [200],
  run: async (world) => (await Promise.all(bodies(world).map((body) => world.deliver(body)))).flat(),
})

const text = ({ cloud }: HostileWorld, id: string, body: string, from = '34611111111'): string =>
  JSON.stringify(whatsAppText(cloud, { id, from }, body))
const envelope = ({ cloud }: HostileWorld, value: JsonObject): string => JSON.stringify(whatsAppEnvelope(cloud, value))

const post = async (world: HostileWorld, raw: string | Buffer, headers: Record<string, string>) =>
  (await world.post(raw, { ...world.cloud.sign(raw), ...headers })).answer

/** An envelope of which one value is written as it is. */
const withMessage = (world: HostileWorld, message: string): string =>
  envelope(world, { messages: ['@'] }).replace('"@"', message)

const strange = [
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800',
  '\u202e\ufeff',
  'x'.repeat(10_240),
  '\0'.repeat(10_240),
  '__proto__',
  ' ',
]

const times = ['9'.repeat(400), 1e308, -1, '253402300800', 8.64e15, '0x10', '1e400', Number.MAX_SAFE_INTEGER]

/** What is posted: everything that stands in a body, most of it signed as Meta would on a bad day. */
export const content: readonly HostileCase[] = [
  {
    name: 'signatures that are missing, short, not ASCII or of another tenant',
    allowed: [401],
    storesNothing: true,
    async run(world) {
      const other = await startWhatsAppCloud({ appSecret: 'the-secret-of-another-tenant' })
      const body = text(world, 'wamid.unsigned', 'hello', '34999999999')
      const own = world.cloud.sign(body)['x-hub-signature-256']!
      const signatures = [
        '',
        'sha256=',
        'sha256=00',
        own.slice(0, -1),
        `${own}0`,
        own.replace('sha256', 'sha1'),
        'é'.repeat(64),
        `sha256=${'ÿ'.repeat(64)}`,
      ]
      const responses = await Promise.all([
        world.post(body, {}),
        world.post(body, other.sign(body)),
        world.post(`${body} `, world.cloud.sign(body)),
        ...signatures.map((signature) => world.post(body, { 'x-hub-signature-256': signature })),
      ])
      await other.close()
      if (responses.some((response) => response.text !== '')) throw new Error('a stranger was told something')
      return responses.map(({ answer }) => answer)
    },
  },
  signed('one message of 3 MB', (world) => [text(world, 'wamid.long', 'x'.repeat(3_000_000))]),
  signed('ids, addresses and names of 10 kB, with NUL, without their other half', (world) =>
    strange.flatMap((odd, at) => [
      text(world, `wamid.${odd}${at}`, 'hello'),
      text(world, `wamid.from${at}`, 'hello', odd),
      text(world, `wamid.text${at}`, odd),
      envelope(world, {
        contacts: [{ wa_id: `346222222${at}`, user_id: odd, profile: { name: odd } }],
        messages: [
          {
            id: `wamid.b${at}`,
            from: `346222222${at}`,
            type: 'interactive',
            interactive: { type: 'button_reply', button_reply: { id: odd, title: odd } },
          },
        ],
      }),
      envelope(world, {
        messages: [
          {
            id: `wamid.m${at}`,
            from: '34611111111',
            type: 'document',
            document: { id: odd, filename: odd, mime_type: odd, caption: odd },
          },
        ],
      }),
      envelope(world, {
        statuses: [{ id: odd, status: 'failed', timestamp: odd, errors: [{ code: 131026, title: odd }] }],
      }),
      envelope(world, {
        message_echoes: [{ id: `wamid.e${odd}${at}`, to: `34655555${at}${odd}`, type: 'text', text: { body: odd } }],
      }),
      envelope(world, {
        messages: [
          {
            id: `wamid.s${at}`,
            from: '34633333333',
            type: 'system',
            system: { type: 'user_changed_number', wa_id: odd },
          },
        ],
      }),
    ]),
  ),
  signed('timestamps that are no time, or far in the future', (world) =>
    (times as Json[]).flatMap((timestamp, at) => [
      envelope(world, {
        messages: [{ id: `wamid.t${at}`, from: '34611111111', timestamp, type: 'text', text: { body: 'hello' } }],
      }),
      envelope(world, { statuses: [{ id: `wamid.t${at}`, status: 'delivered', timestamp }] }),
    ]),
  ),
  signed('numbers like 1e400, keys that stand twice, __proto__', (world) => [
    withMessage(
      world,
      '{"id":"wamid.n1","from":"34611111111","type":"location","location":{"latitude":1e400,"longitude":-1e400}}',
    ),
    withMessage(
      world,
      '{"id":"wamid.n2","from":"34611111111","timestamp":1e400,"type":"text","text":{"body":"hello"}}',
    ),
    withMessage(world, '{"id":"wamid.n3","from":"34611111111","type":"unsupported","errors":[{"code":1e400}]}'),
    withMessage(
      world,
      '{"id":"a","id":"wamid.n4","from":"34611111111","from":"34611111112","type":"text","text":{"body":"hello"},"text":{"body":"twice"}}',
    ),
    withMessage(world, '{"id":"wamid.n5","from":"34611111111","type":"__proto__","__proto__":{"body":"hello"}}'),
    withMessage(
      world,
      '{"id":"wamid.n6","from":"34611111111","type":"order","order":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}',
    ),
    withMessage(world, '{"__proto__":{"id":"wamid.n7","from":"34611111111","type":"text","text":{"body":"hello"}}}'),
  ]),
  signed('bytes that are not UTF-8', (world) =>
    ['ff', 'c0af', 'eda080', 'f8888080', 'fffe'].map((hex, at) => {
      const [head, tail] = text(world, `wamid.u${at}`, '@@').split('@@')
      return Buffer.concat([Buffer.from(head!), Buffer.from(hex, 'hex'), Buffer.from(tail!)])
    }),
  ),
  signed('100,000 levels', (world) => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const objects = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
    return [
      deep,
      objects,
      withMessage(world, `{"id":"wamid.d1","from":"34611111111","type":"contacts","contacts":${deep}}`),
      withMessage(world, `{"id":"wamid.d2","from":"34611111111","type":"order","order":${objects}}`),
      withMessage(
        world,
        `{"id":"wamid.d3","from":"34611111111","type":"text","text":{"body":"hi"},"context":${objects}}`,
      ),
      JSON.stringify(
        whatsAppEnvelope(world.cloud, {
          messages: [
            {
              id: 'wamid.d4',
              from: '34611111111',
              type: 'interactive',
              interactive: { type: 'nfm_reply', nfm_reply: { response_json: deep.slice(70_000, -70_000) } },
            },
          ],
        }),
      ),
    ]
  }),
  signed('100,000 entries, changes and empty messages in one envelope', (world) => [
    JSON.stringify({ entry: many(100_000, () => ({})) }),
    JSON.stringify({ entry: [{ changes: many(100_000, () => ({})) }] }),
    envelope(world, { messages: many(100_000, () => ({})) }),
    envelope(world, { statuses: many(100_000, () => 0) }),
  ]),
  {
    name: 'bodies that say they are compressed, or of another type',
    // A type that is none is a fault of the request.
    allowed: [200, 400],
    async run(world) {
      const bomb = gzipSync(Buffer.alloc(32 * 1024 * 1024))
      const body = text(world, 'wamid.type', 'hello')
      return Promise.all([
        ...['gzip', 'deflate', 'br', 'nonsense'].map((encoding) => post(world, bomb, { 'content-encoding': encoding })),
        ...['', 'text/html', 'multipart/form-data; boundary=', 'application/json; charset=utf-7', '\t;;;'].map((type) =>
          post(world, body, { 'content-type': type }),
        ),
      ])
    },
  },
]
