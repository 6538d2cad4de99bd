import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page, Request, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { lacksBrowser, openBrowser } from '../testing/browser.ts'
import { openRig, type Rig } from '../testing/rig.ts'

const badGateway = (route: Route) => route.fulfill({ status: 502, contentType: 'text/html', body: 'Bad gateway' })

describe.skipIf(lacksBrowser('chat page on a bad line'))('the chat page on a bad line', () => {
  let rig: Rig
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let complaints: string[]
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
    context = await browser.newContext({ viewport: { width: 360, height: 640 } })
    page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
  })
  afterEach(async () => {
    await context.close()
    expect(complaints).toEqual([])
  })

  const open = async (): Promise<void> => {
    await page.goto(`${rig.url}/chat`)
    await page.getByText('Online').waitFor()
  }
  const say = async (text: string): Promise<void> => {
    await page.getByLabel('Your message').fill(text)
    await page.keyboard.press('Enter')
  }
  const see = (text: string) => page.locator('.said', { hasText: text }).last().waitFor()
  const rows = () => page.locator('.row .said').allInnerTexts()
  /** Does so to the first requests of this address, and lets the others through. */
  const toFirst = async (address: string, times: number, what: (route: Route) => Promise<void>): Promise<void> => {
    await page.route(address, (route) => ((times -= 1) < 0 ? route.fallback() : what(route)))
  }

  /** What takes twenty seconds takes one. */
  const hurry = (): Promise<unknown> =>
    page.addInitScript(() => {
      const { setTimeout: wait } = globalThis
      Object.assign(globalThis, { setTimeout: (run: () => void, ms = 0) => wait(run, ms >= 20_000 ? ms / 20 : ms) })
    })

  test('hears answers again after its line died without a word, as when a phone changes its network', async () => {
    const dead = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 1000\n\n')
    })
    await once(dead.listen(0, '127.0.0.1'), 'listening')
    const { port } = dead.address() as AddressInfo
    await hurry()
    await toFirst('**/chat/events*', 1, (route) => route.continue({ url: `http://127.0.0.1:${port}/` }))
    await open()
    await say('hello')
    await see('1: hello')
    expect(await rows()).toHaveLength(2)
    dead.closeAllConnections()
    dead.close()
  })

  test('starts also when the first thing that it asks is never answered', async () => {
    await hurry()
    await toFirst('**/chat/config', 1, () => new Promise(() => {}))
    await open()
    await say('hello')
    await see('1: hello')
  })

  test('greets once it can send what is written to it, and not before', async () => {
    await page.route('**/chat/inspector.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      await route.continue()
    })
    await page.goto(`${rig.url}/chat`)
    await page.getByText('Hello!').waitFor()
    await say('hello')
    await see('1: hello')
  })

  test('hears answers again after a proxy refused its event stream, as while a process restarts', async () => {
    await toFirst('**/chat/events*', 1, badGateway)
    await open()
    await say('hello')
    await see('1: hello')
    expect(await rows()).toHaveLength(2)
  })

  test('starts when the server answers, also after it did not', async () => {
    await toFirst('**/chat/config', 1, badGateway)
    await open()
    await say('hello')
    await see('1: hello')
  })

  test('sends what was written without a line once there is one, in its order and once', async () => {
    await open()
    await context.setOffline(true)
    await say('first')
    await say('second')
    await page.getByRole('alert').getByText('Not sent yet').waitFor()
    expect(await page.locator('.typing').count()).toBe(0)
    await context.setOffline(false)
    await see('2: second')
    expect(await page.getByRole('alert').isVisible()).toBe(false)
    const said = (await rows()).filter((text) => /(first|second)$/.test(text))
    expect(said).toHaveLength(4)
    expect(await page.locator('.row[data-state="sent"]').count()).toBe(2)
  })

  test('a message whose answer is lost counts once', async () => {
    await open()
    await toFirst('**/chat/messages', 2, async (route) => {
      await route.fetch()
      await route.abort()
    })
    const taken = page.waitForResponse((response) => response.url().endsWith('/chat/messages'))
    await say('pay')
    expect(await (await taken).json()).toMatchObject({ duplicate: true })
    await say('more')
    await see('2: more')
  })

  test('goes on as a new visitor when its cookie is gone, without asking for the message again', async () => {
    await open()
    await context.clearCookies()
    await say('hello')
    await see('1: hello')
  })

  test('is renewed too when the line was bad before its cookie was refused', async () => {
    await open()
    await toFirst('**/chat/messages', 1, badGateway)
    await context.clearCookies()
    await say('hello')
    await see('1: hello')
  })

  test('a message that hangs, or that a firewall refuses, keeps no other back', async () => {
    await hurry()
    await open()
    await toFirst('**/chat/messages', 1, () => new Promise(() => {}))
    await say('first')
    await see('1: first')
    await toFirst('**/chat/messages', 1, (route) =>
      route.fulfill({ status: 403, contentType: 'text/html', body: 'Blocked' }),
    )
    await say('second')
    await page.getByRole('alert').getByText('could not be sent').waitFor()
    await say('third')
    await see('2: third')
  })

  test('says that it needs cookies where none are kept', async () => {
    const withoutCookies = async (request: Request) => ({ ...(await request.allHeaders()), cookie: '' })
    await page.route('**/chat/{events,messages}*', async (route, request) =>
      route.fulfill({ response: await route.fetch({ headers: await withoutCookies(request) }) }),
    )
    await page.goto(`${rig.url}/chat`)
    await page.getByText('Hello!').waitFor()
    await say('hello')
    await page.getByRole('alert').getByText('This chat needs cookies').waitFor()
    expect(await page.locator('.row[data-state="failed"]').count()).toBe(1)
  })
})
