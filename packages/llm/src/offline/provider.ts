import type { JsonObject, Usage } from '@copse/contracts'
import type { JsonRequest, LlmProvider, Question } from '../provider.ts'
import { answerOffline } from './answer.ts'
import { classifyOffline } from './classify.ts'
import { draftOffline } from './draft/draft.ts'
import { extractOffline } from './extract.ts'
import { writeOffline } from './write.ts'

/** The default without a key: deterministic, no network, no tokens. */
export function createOfflineProvider(): LlmProvider {
  return {
    name: 'offline',
    model: 'rules',
    capabilities: { json: 'task', stream: false },
    complete: async (request) => ({ text: writeOffline(request.task), usage: free(request) }),
    completeJson: async (request) => ({ value: objectFor(request.task), usage: free(request) }),
    classify: async (request) => ({ label: classifyOffline(request), usage: free(request) }),
    async *stream(request) {
      yield writeOffline(request.task)
    },
  }
}

function objectFor(task: JsonRequest['task']): JsonObject {
  if ('passages' in task) return answerOffline(task)
  return 'sentences' in task ? { ...draftOffline(task) } : extractOffline(task)
}

const free = ({ purpose }: Pick<Question, 'purpose'>): Usage => ({
  provider: 'offline',
  model: 'rules',
  purpose,
  inputTokens: 0,
  outputTokens: 0,
})
