type Words = Record<string, string | undefined>

/** The words of a filter that the monthly report takes: it has columns for the others. */
export function monthlyWords(words: Words): Words {
  const { severity: _severity, status: _status, foundFrom: _from, foundTo: _to, ...rest } = words
  return rest
}
