export const searchPicker = {
  clear: 'Clear',
  searching: 'Searching',
  none: 'Nothing found; try other words',
  failed: 'The search failed; type again',
}
