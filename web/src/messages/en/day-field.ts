export const dayField = {
  hint: '2026-12-01',
  open: 'Open the calendar',
  unread: 'That is no day; write it as 2026-12-01',
}
