/** Reads server-sent events as a browser would, for tests. */
export async function openEventStream(url: string, headers: Record<string, string>) {
  const stop = new AbortController()
  const response = await fetch(url, { headers, signal: stop.signal })
  const events: { event: string; id?: string; data: Record<string, unknown> }[] = []
  const read = async (): Promise<void> => {
    let text = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) take(block)
    }
  }
  const take = (block: string): void => {
    const fields = new Map(
      block.split('\n').map((line) => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 2)]),
    )
    const data = fields.get('data')
    if (data === undefined) return
    const id = fields.get('id')
    events.push({
      event: fields.get('event') ?? 'message',
      ...(id === undefined ? {} : { id }),
      data: JSON.parse(data),
    })
  }
  const reading = read().catch(() => {})
  return {
    response,
    events,
    messages: () =>
      events.filter(({ event }) => event === 'message').map(({ data }) => String(data['text'] ?? data['payload'])),
    async close() {
      stop.abort()
      await reading
    },
    /** Resolves when the server ends it. */
    ended: reading,
  }
}
