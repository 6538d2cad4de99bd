import type { Operation } from '../business.ts'
import { notFound } from '../texts.ts'

/** Articles by how many words of the question they hold, the title counting double. */
export const searchKnowledge: Operation = (args, business) => {
  const words = [...new Set(wordsOf(args.text('query')))]
  const articles = business
    .all('SELECT article_id, title, summary FROM knowledge_articles ORDER BY article_id')
    .map((article) => {
      const held = [...wordsOf(String(article['title'])), ...wordsOf(`${article['title']} ${article['summary']}`)]
      return { ...article, score: held.filter((word) => words.includes(word)).length }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  return articles.length === 0 ? notFound('article') : { found: true, count: articles.length, articles }
}

/** Four letters and more, without a plural's s. */
const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).map((word) => word.replace(/s$/, ''))
