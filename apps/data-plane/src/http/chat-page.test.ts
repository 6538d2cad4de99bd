import { devices, type Browser, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { lacksBrowser, openBrowser } from '../testing/browser.ts'
import { openRig, type Rig } from '../testing/rig.ts'

describe.skipIf(lacksBrowser('chat page'))('the chat page in a browser', () => {
  let rig: Rig
  let browser: Browser
  let page: Page
  let complaints: string[]
  beforeAll(async () => {
    rig = await openRig({ slowMs: 1_500 })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await rig.close()
  })
  beforeEach(async () => {
    complaints = []
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    await page.goto(`${rig.url}/chat`)
    await page.getByText('Online').waitFor()
  })
  afterEach(async () => {
    await page.context().close()
    // A policy that is violated, a script that fails, a file that is missing: all end here.
    expect(complaints).toEqual([])
  })

  const say = async (text: string): Promise<void> => {
    await page.getByLabel('Your message').fill(text)
    await page.keyboard.press('Enter')
  }
  const bubbles = (): Promise<string[]> => page.locator('.row .said').allInnerTexts()
  const see = (text: string) => page.locator('.said', { hasText: text }).last().waitFor()

  test('shows the tenant and invites to write', async () => {
    expect(await page.title()).toBe('Toy & Sons <Ltd>')
    await page.getByRole('heading', { name: 'Toy & Sons <Ltd>' }).waitFor()
    expect(await page.getByText('How can we help you today?').isVisible()).toBe(true)
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
  })

  test('a message appears at once, an indicator while the answer is made, then the answer', async () => {
    await say('slow')
    await see('slow')
    await page.locator('.typing').waitFor()
    await see('1: slow')
    expect(await page.locator('.typing').count()).toBe(0)
    expect(await page.locator('.row').count()).toBe(2)
  })

  test('options are buttons, and a tap answers with one', async () => {
    await say('options')
    await page.getByRole('group', { name: 'Suggested replies' }).getByRole('button', { name: 'Yes' }).click()
    await see('2: Yes')
    expect(await page.locator('.options button').count()).toBe(0)
    const [contact] = await rig.store.sessions({ limit: 1 })
    const messages = await rig.store.messages({ sessionId: contact?.id ?? '' })
    expect(messages.findLast(({ author }) => author === 'customer')).toMatchObject({ text: 'Yes', payload: 'yes' })
    const asked = messages.find(({ options }) => options !== undefined)
    const came = (await rig.store.trace(contact?.id ?? '')).flatMap(({ events }) => events)
    // Tapped in two windows, the second is no answer to what was asked since.
    expect(came.at(-1)).toMatchObject({ payload: 'yes', data: { replyTo: asked?.seq } })
  })

  test('what is being written is there when the customer comes back, as after a phone gave its room to another page', async () => {
    await page.getByLabel('Your message').pressSequentially('half a sent')
    await page.goto('about:blank')
    await page.goBack()
    await page.getByText('Online').waitFor()
    expect(await page.getByLabel('Your message').inputValue()).toBe('half a sent')
    expect(await page.getByRole('button', { name: 'Send' }).isEnabled()).toBe(true)
  })

  test('what was said is there again after a reload, once', async () => {
    await say('remember me')
    await see('1: remember me')
    await page.reload()
    await see('1: remember me')
    expect(await page.locator('.row').count()).toBe(2)
  })

  test('a new conversation begins empty and anew, and stays so over a reload', async () => {
    await say('old')
    await see('1: old')
    await page.getByRole('button', { name: 'New conversation' }).click()
    await page.reload()
    await page.getByText('Online').waitFor()
    expect(await page.locator('.row').count()).toBe(0)
    await say('new')
    await see('1: new')
  })

  test('what a customer writes is text, whatever it looks like', async () => {
    const evil = '<img src=x onerror="document.title=1"><b>bold</b>'
    await say(evil)
    await see(`1: ${evil}`)
    expect(await bubbles()).toEqual([expect.stringContaining(evil), expect.stringContaining(evil)])
    expect(await page.locator('.log img, .log b, .inspector img').count()).toBe(0)
  })

  test('beside it stands how it decided: step, data with its source, conditions with their values, the hand-off', async () => {
    await say('person')
    const panel = page.getByRole('complementary', { name: 'How it decided' })
    await panel.getByText('Handed to a person').waitFor()
    expect(await panel.innerText()).toMatch(/Asked for a person\. — About a toy\./)
    expect(await panel.locator('.data').innerText()).toMatch(/said\s+person\s+customer/)
    expect(await panel.locator('.reason').first().innerText()).toMatch(/true\s+said exists\s+said is person/)
  })

  test('a developer speaks as a demo customer', async () => {
    const reloaded = page.waitForEvent('load')
    await page.getByLabel('Development: speak as').selectOption('CUST-1')
    await reloaded
    await page.getByText('Online').waitFor()
    await say('it is me')
    await see('1: it is me')
    expect(await rig.store.contact('webchat', 'CUST-1')).toBeDefined()
  })

  test('fits a phone: nothing sticks out, and the panel is not there', async () => {
    await page.setViewportSize({ width: 360, height: 640 })
    await say(`a-word-without-an-end-${'x'.repeat(120)}`)
    await see('1: a-word')
    const sticksOut = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
    expect(sticksOut).toBe(false)
    expect(await page.getByRole('complementary').isVisible()).toBe(false)
    expect(await page.getByLabel('Your message').isVisible()).toBe(true)
  })

  test('a finger on an option opens no keyboard over the next question', async () => {
    const phone = await browser.newContext({ ...devices['Pixel 7'] })
    const own = await phone.newPage()
    await own.goto(`${rig.url}/chat`)
    await own.getByText('Online').waitFor()
    await own.getByLabel('Your message').fill('options')
    await own.getByRole('button', { name: 'Send' }).tap()
    expect(await own.locator('textarea:focus').count()).toBe(1)
    await own.getByRole('button', { name: 'Yes' }).tap()
    expect(await own.locator('textarea:focus').count()).toBe(0)
    await phone.close()
  })

  test('with a long list on a phone, the question, what the choices say and the field for words are all in view', async () => {
    await page.setViewportSize({ width: 360, height: 640 })
    await say('person')
    await see('1: person')
    const [handoff] = await rig.store.handoffs({ limit: 1 })
    const [conversationId, who] = [handoff!.conversationId, 'Eva']
    await rig.lane.takeOver({ conversationId, who, reason: 'test' })
    const options = Array.from({ length: 50 }, (_, n) => ({
      id: `slot-${n}`,
      title: `Monday at ten with ${'x'.repeat(90)} ${n}`,
      description: `Costs ${n} euros`,
    }))
    await rig.lane.say({ conversationId, who, key: 'slots', message: { text: 'Which one?', options } })
    await page.getByText('Costs 0 euros').waitFor()
    for (const there of [
      page.getByText('Which one?'),
      page.getByLabel('Your message'),
      page.getByText('Costs 0 euros'),
    ])
      expect(await there.boundingBox()).toMatchObject({ y: expect.toSatisfy((y: number) => y > 60 && y < 620) })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    await page.getByRole('button', { name: 'Costs 49 euros' }).click()
    await page.locator('.row.customer[data-state="sent"]', { hasText: '49' }).waitFor()
  })
})
