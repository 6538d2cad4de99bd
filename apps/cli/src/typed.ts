import { createInterface } from 'node:readline'

/** What is typed, line by line, until the end of the input or Ctrl-C. What comes out of a pipe is shown like typing. */
export async function* typed(signal: AbortSignal): AsyncGenerator<string> {
  const { stdin, stdout } = process
  const isTerminal = stdin.isTTY
  const lines = createInterface(isTerminal ? { input: stdin, output: stdout, prompt: '> ' } : { input: stdin })
  const close = (): void => lines.close()
  signal.addEventListener('abort', close, { once: true })
  try {
    if (isTerminal) lines.prompt()
    for await (const line of lines) {
      if (!isTerminal) stdout.write(`> ${line}\n`)
      yield line
      if (isTerminal) lines.prompt()
    }
  } finally {
    signal.removeEventListener('abort', close)
    lines.close()
  }
}
