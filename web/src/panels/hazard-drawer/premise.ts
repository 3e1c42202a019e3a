/** 前提 of a clause, and whether the person who judges has seen to it that it holds. */
export interface Premise {
  text: string
  isMet: boolean
}

/** A clause whose premise nobody has looked at cannot be chosen for a judgement. */
export const isPremiseOpen = (premise: Premise | null): boolean => premise !== null && !premise.isMet

/** The premise that was looked at stands in the note of the judgement, before what the person wrote. */
export function noteWithPremise(note: string, premise: Premise | null, sentence: string): string {
  if (!premise?.isMet) return note
  return [sentence, note.trim()].filter(Boolean).join('\n')
}
