import { locale, MESSAGES, t } from '../messages/i18n.ts'
import { ApiProblem, ServerAway } from './client.ts'

export interface Explanation {
  text: string
  requestId: string | null
}

/** An error in words for the person: the server's own Chinese sentence, or in English a sentence by its code. */
export function explainError(error: unknown): Explanation {
  if (error instanceof ServerAway) return { text: t('problems.SERVER_AWAY'), requestId: null }
  if (error instanceof ApiProblem) {
    const isTranslated = locale.value === 'en' && hasSentence(error.code)
    return {
      text: isTranslated ? t(`problems.${error.code}`) : error.detail,
      requestId: error.requestId,
    }
  }
  return { text: t('problems.UNEXPECTED'), requestId: null }
}

function hasSentence(code: string): boolean {
  const sentences = MESSAGES.en.problems
  return typeof sentences === 'object' && code in sentences
}
