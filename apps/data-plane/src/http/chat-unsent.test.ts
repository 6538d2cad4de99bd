import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { lacksBrowser, openBrowser } from '../testing/browser.ts'
import { openRig, type Rig } from '../testing/rig.ts'

describe.skipIf(lacksBrowser('unsent messages'))('what a customer wrote and the chat page could not yet send', () => {
  let rig: Rig
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let complaints: string[]
  /** Every try to send: the text and its id. */
  let tries: { id: string; text: string }[]
  beforeAll(async () => {
    rig = await openRig()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await rig.close()
  })
  beforeEach(async () => {
    complaints = []
    tries = []
    context = await browser.newContext({ viewport: { width: 360, height: 640 } })
    context.on('weberror', (problem) => complaints.push(problem.error().message))
    context.on('request', (request) => {
      if (request.url().endsWith('/chat/messages')) tries.push(request.postDataJSON())
    })
    page = await context.newPage()
  })
  afterEach(async () => {
    await context.close()
    expect(complaints).toEqual([])
  })

  const posts = '**/chat/messages'
  const noServer = (route: Route) => route.abort()
  const open = async (): Promise<void> => {
    await page.goto(`${rig.url}/chat`)
    await page.getByText('Online').waitFor()
  }
  const reopen = async (): Promise<void> => {
    await page.close()
    page = await context.newPage()
    await open()
  }
  const say = async (text: string): Promise<void> => {
    await page.getByLabel('Your message').fill(text)
    await page.keyboard.press('Enter')
  }
  const see = (text: string, at: Page = page) => at.locator('.said', { hasText: text }).last().waitFor()
  const rows = async (at: Page = page) =>
    (await at.locator('.row .said').allInnerTexts()).map((text) => text.replace(/^(You|Reply):\s/, ''))
  const sending = (text: string, at: Page = page) =>
    at.locator('.row[data-state="sending"]', { hasText: text }).waitFor()

  test('goes out after a reload, in its order, and once', async () => {
    await open()
    await context.route(posts, noServer)
    await say('first')
    await say('second')
    await sending('second')
    await page.reload()
    await sending('first')
    await sending('second')
    await context.unroute(posts)
    await see('2: second')
    expect(await rows()).toEqual(['first', '1: first', 'second', '2: second'])
    expect(new Set(tries.map(({ id }) => id)).size).toBe(2)
    await reopen()
    await see('2: second')
    expect(await rows()).toHaveLength(4)
    expect(tries.findLast(({ text }) => text === 'first')).toEqual(tries[0])
  })

  test('goes out from a page that is opened again, and is not taken for the same words of before', async () => {
    await open()
    await say('hello')
    await see('1: hello')
    await context.route(posts, noServer)
    await say('hello')
    await sending('hello')
    await reopen()
    await see('1: hello')
    await expect.poll(() => rows()).toEqual(['hello', '1: hello', 'hello'])
    await sending('hello')
    await context.unroute(posts)
    await see('2: hello')
    expect(await rows()).toEqual(['hello', '1: hello', 'hello', '2: hello'])
  })

  test('is not asked for again: the options that it answers are gone also after a reload', async () => {
    await open()
    await say('options')
    await page.getByRole('button', { name: 'Yes' }).waitFor()
    await context.route(posts, noServer)
    await page.getByRole('button', { name: 'Yes' }).click()
    await page.reload()
    await see('1: options')
    await sending('Yes')
    expect(await page.locator('.options button').count()).toBe(0)
    await context.unroute(posts)
    await see('2: Yes')
  })

  test('stays in view when a new conversation is begun', async () => {
    await open()
    await context.route(posts, noServer)
    await say('first')
    await page.getByRole('button', { name: 'New conversation' }).click()
    await sending('first')
    await context.unroute(posts)
    await see('1: first')
    expect(await rows()).toEqual(['first', '1: first'])
  })

  test('waits for the customer who wrote it while another one speaks', async () => {
    const speakAs = async (id: string): Promise<void> => {
      const reloaded = page.waitForEvent('load')
      await page.getByLabel('Development: speak as').selectOption(id)
      await reloaded
      await page.getByText('Online').waitFor()
    }
    await open()
    await context.route(posts, noServer)
    await say('mine')
    await sending('mine')
    await speakAs('CUST-1')
    await context.unroute(posts)
    await say('it is me')
    await see('1: it is me')
    expect(await rows()).toEqual(['it is me', '1: it is me'])
    await speakAs('')
    await see('1: mine')
    const contact = await rig.store.contact('webchat', 'CUST-1')
    const said = await rig.store.messages({ conversationId: contact?.conversationId ?? '' })
    expect(said.map(({ text }) => text)).not.toContain('mine')
  })

  test('is not said in the name of another customer who was chosen in another window', async () => {
    await open()
    await context.route(posts, noServer)
    await say('mine')
    await sending('mine')
    const other = await context.newPage()
    await other.goto(`${rig.url}/chat`)
    await other.getByText('Online').waitFor()
    const reloaded = page.waitForEvent('load')
    await other.getByLabel('Development: speak as').selectOption('CUST-2')
    await reloaded
    await page.getByText('Online').waitFor()
    await context.unroute(posts)
    await say('it is me')
    await see('1: it is me')
    expect(await rows()).toEqual(['it is me', '1: it is me'])
  })

  test('is given back to the customer after an hour: it may answer a question of long ago', async () => {
    await open()
    await context.route(posts, noServer)
    await say('yes')
    await sending('yes')
    await context.addInitScript(() => {
      const now = Date.now
      Date.now = () => now() + 61 * 60_000
    })
    await page.close()
    await context.unroute(posts)
    tries.length = 0
    page = await context.newPage()
    await open()
    await page.getByRole('alert').getByText('may not have arrived').waitFor()
    expect(await page.getByLabel('Your message').inputValue()).toBe('yes')
    expect(await rows()).toEqual([])
    expect(tries).toEqual([])
    await page.getByRole('button', { name: 'Send' }).click()
    await see('1: yes')
  })

  test('written in one window of two goes out once, in its order, and each shows it once', async () => {
    await open()
    await context.route(posts, noServer)
    for (const text of ['first', 'second', 'third']) await say(text)
    const other = await context.newPage()
    await other.goto(`${rig.url}/chat`)
    await sending('third', other)
    await context.unroute(posts)
    for (const window of [page, other]) {
      await see('3: third', window)
      const said = ['first', '1: first', 'second', '2: second', 'third', '3: third']
      expect(await rows(window)).toEqual(said)
    }
    expect(new Set(tries.map(({ id }) => id)).size).toBe(3)
  })

  test('is sent as before where the browser has no room to keep it', async () => {
    await context.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    })
    await open()
    await say('old')
    await see('1: old')
    await page.getByRole('button', { name: 'New conversation' }).click()
    await say('new')
    await see('1: new')
  })

  test('is refused with a word about cookies where the browser keeps nothing at all', async () => {
    await context.addInitScript(() => {
      const get = (): never => {
        throw new DOMException('denied', 'SecurityError')
      }
      for (const kept of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, kept, { get })
    })
    await context.route('**/chat/{events,messages}*', async (route, request) =>
      route.fulfill({ response: await route.fetch({ headers: { ...(await request.allHeaders()), cookie: '' } }) }),
    )
    await page.goto(`${rig.url}/chat`)
    await page.getByText('Hello!').waitFor()
    await say('hello')
    await page.getByRole('alert').getByText('This chat needs cookies').waitFor()
  })
})
