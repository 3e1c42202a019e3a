/** What an administrator can set, in the order of the menu; titles are keys of the messages. */
export const SETTINGS_PAGES: readonly { path: string; title: string }[] = [
  { path: '/settings/pressure', title: 'pressureSettings.title' },
  { path: '/clauses', title: 'clauses.title' },
  { path: '/settings/print', title: 'print.settings.title' },
  { path: '/settings/risk-methods', title: 'methodSettings.title' },
  { path: '/settings/gaps', title: 'gapSettings.title' },
]
