import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createLinks } from '../links.ts'
import { lacksBrowser, openBrowser } from '../testing/browser.ts'
import { openRig, type Rig } from '../testing/rig.ts'

const evil = `<img src=x onerror="document.title=1"></p><script>document.title=2</script>`

describe.skipIf(lacksBrowser('handoff page'))('the page of a case in a browser', () => {
  let rig: Rig
  let browser: Browser
  let page: Page
  let url: string
  const complaints: string[] = []
  beforeAll(async () => {
    rig = await openRig()
    browser = await openBrowser()
    for (const message of ['My parcel came broken, and I need another one before Friday.', evil, 'person'])
      await rig.post('/api/chat', { user_id: 'ana@example.org', message })
    const [found] = await rig.store.handoffs({ limit: 1 })
    const links = createLinks({ key: new Uint8Array(32).fill(8), publicUrl: () => rig.url })
    url = links.handoff({ id: found!.id, at: Date.now() })
    // No script of ours is needed: whoever switched them off can work with it.
    page = await (
      await browser.newContext({ viewport: { width: 420, height: 900 }, javaScriptEnabled: false })
    ).newPage()
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    await page.goto(url)
  })
  afterAll(async () => {
    await browser.close()
    await rig.close()
  })
  afterEach(() => expect(complaints).toEqual([]))

  test('a person takes the case, answers, and gives it back, by forms alone', async () => {
    await page.getByText('Nobody has this case yet.').waitFor()
    await page.getByLabel('Your name').fill('Bea')
    await page.getByRole('button', { name: 'Take this case' }).click()
    await page.getByText('Bea has this case.').waitFor()
    await page.getByLabel('Your reply').fill('Bea here: a new one is on its way.')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.locator('li.business', { hasText: 'Bea here' }).waitFor()
    await page.getByRole('button', { name: 'Give back to the bot and close' }).click()
    await page.getByRole('heading', { name: 'This case is closed.' }).waitFor()
  })

  test('what a customer wrote stays words, with scripts on as well', async () => {
    await rig.post('/api/chat', { user_id: 'ben', message: evil })
    await rig.post('/api/chat', { user_id: 'ben', message: 'person' })
    const [found] = await rig.store.handoffs({ limit: 1 })
    const links = createLinks({ key: new Uint8Array(32).fill(8), publicUrl: () => rig.url })
    const open = await (await browser.newContext()).newPage()
    await open.goto(links.handoff({ id: found!.id, at: Date.now() }))
    expect(await open.title()).toBe('ben · Toy & Sons <Ltd>')
    expect(await open.getByText(evil, { exact: true }).count()).toBe(1)
    expect(await open.locator('img, script').count()).toBe(0)
    await open.context().close()
  })
})
