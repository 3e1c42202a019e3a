export const dayField = {
  hint: '2026-12-01',
  open: '打开日历',
  unread: '看不出是哪一天，请写成 2026-12-01',
}
