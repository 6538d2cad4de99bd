import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
  existsSync(file),
)
const quiet = ['gpu', 'quic', 'background-networking', 'component-update', 'sync'].map((name) => `--disable-${name}`)

/** Tests in a browser are left out where there is none, and say so. */
export function lacksBrowser(what: string): boolean {
  if (!executablePath) process.stderr.write(`${what} in a browser: skipped, no chromium on this machine\n`)
  return !executablePath
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--no-first-run', ...quiet] })
