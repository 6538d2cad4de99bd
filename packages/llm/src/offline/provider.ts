import type { Usage } from '@copse/contracts'
import type { LlmProvider, Question } from '../provider.ts'
import { classifyOffline } from './classify.ts'
import { extractOffline } from './extract.ts'
import { writeOffline } from './write.ts'

/** The default without a key: deterministic, no network, no tokens. */
export function createOfflineProvider(): LlmProvider {
  return {
    name: 'offline',
    model: 'rules',
    capabilities: { json: 'task', stream: false },
    complete: async (request) => ({ text: writeOffline(request.task), usage: free(request) }),
    completeJson: async (request) => ({ value: extractOffline(request.task), usage: free(request) }),
    classify: async (request) => ({ label: classifyOffline(request), usage: free(request) }),
    async *stream(request) {
      yield writeOffline(request.task)
    },
  }
}

const free = ({ purpose }: Pick<Question, 'purpose'>): Usage => ({
  provider: 'offline',
  model: 'rules',
  purpose,
  inputTokens: 0,
  outputTokens: 0,
})
