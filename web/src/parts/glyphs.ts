import type { ProtectedPlaceKind, ResourceKind, Sector } from '@contract'

/** One solid form for each sector in a box of 16, for tables and for the canvas of the map; own drawings. */
export const SECTOR_GLYPHS: Record<Sector, string> = {
  // flask
  chemicals: 'M5.6 1.5h4.8v1.6h-.7v3l3.6 6.2c.6 1.1-.1 2.2-1.3 2.2H4c-1.2 0-1.9-1.1-1.3-2.2l3.6-6.2v-3h-.7Z',
  // flame
  fire: 'M8.7 1c.3 2.4 3.9 4.3 3.9 8.3A4.6 4.6 0 0 1 8 14.5a4.6 4.6 0 0 1-4.6-4.9c0-2 1-3.3 2-4.5.2 1 .6 1.5 1.2 1.9C6.5 4.7 7 2.6 8.7 1Z',
  // lorry
  transport:
    'M1 3.5h8.5v2h2.7L15 8.3V12h-1.3a2 2 0 0 1-4 0H6.4a2 2 0 0 1-4 0H1ZM4.4 10.9a1.1 1.1 0 1 0 0 2.2 1.1 1.1 0 0 0 0-2.2Zm7.3 0a1.1 1.1 0 1 0 0 2.2 1.1 1.1 0 0 0 0-2.2Z',
  // factory
  industry: 'M1.5 14V8.3L5.3 5.5v2.8L9.1 5.5v2.8h1.1V2h3.3v12Z',
  // cylinder
  gas: 'M6.3 1h3.4v1.7H8.9v1.2c1.7.3 2.9 1.5 2.9 3.1v6.5c0 .8-.7 1.5-1.5 1.5H5.7c-.8 0-1.5-.7-1.5-1.5V7c0-1.6 1.2-2.8 2.9-3.1V2.7H6.3Z',
  // helmet
  construction: 'M6.7 3h2.6v4.6l.9-3.7A5 5 0 0 1 13 8.4v1.8h1.5V12h-13v-1.8H3V8.4a5 5 0 0 1 2.8-4.5l.9 3.7Z',
  // gauge
  special_equipment:
    'M8 2a6.5 6.5 0 0 1 6.5 6.5c0 2-.9 3.8-2.3 5H3.8a6.5 6.5 0 0 1-2.3-5A6.5 6.5 0 0 1 8 2Zm3.4 3.2L7.3 8.3a1.3 1.3 0 1 0 1.4 1.5Z',
  // awning over a counter
  small_place:
    'M2.7 2h10.6L15 6.3a1.9 1.9 0 0 1-3.5.8 2 2 0 0 1-3.5 0 2 2 0 0 1-3.5 0A1.9 1.9 0 0 1 1 6.3ZM2.5 9.3c.8.1 1.5 0 2-.4 1 .7 2.5.7 3.5 0 1 .7 2.5.7 3.5 0 .6.4 1.3.5 2 .4V14h-11Z',
  // house
  self_built_house: 'M8 1.8 15 8l-1 1.2-.8-.7V14H9.8v-3.6H6.2V14H2.8V8.5l-.8.7L1 8Z',
  // tractor
  agriculture:
    'M2.5 2.5h6l1 4h2.2V3.6h1.3v2.9h.8c.7 0 1.2.5 1.2 1.2v2.5a2.3 2.3 0 0 0-3.8 1.3h-2a3.9 3.9 0 0 0-6.7-3.2V4H2.5ZM5 8.2a3.3 3.3 0 1 1 0 6.6 3.3 3.3 0 0 1 0-6.6Zm0 2.2a1.1 1.1 0 1 0 0 2.2 1.1 1.1 0 0 0 0-2.2Zm8.2.2a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8ZM4 4v2.8a4 4 0 0 1 3.9.2L7.2 4Z',
}

/** Pictures inside the plot squares, line drawings in a box of 16. */
export const RESOURCE_GLYPHS: Record<ResourceKind, string> = {
  fire_station: 'M3 14V3.5h10V14M3 7h10M6 14v-4h4v4',
  hospital: 'M8 3v10M3 8h10',
  rescue_team: 'M8 2.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4ZM4 14v-2.5a4 4 0 0 1 8 0V14',
  shelter: 'M2 8.5 8 3l6 5.5M4 8v6h8V8',
  depot: 'M2.5 5.5 8 2.5l5.5 3v7L8 15l-5.5-2.5ZM2.5 5.5 8 8.2l5.5-2.7M8 8.2V15',
  hydrant: 'M8 2.5c3 3.5 4 5 4 7a4 4 0 0 1-8 0c0-2 1-3.5 4-7Z',
}
export const PROTECTED_PLACE_GLYPHS: Record<ProtectedPlaceKind, string> = {
  school: 'M1.5 8 8 3.5 14.5 8M3.5 7v7h9V7M6.5 14v-3.5h3V14',
  hospital: 'M8 3v10M3 8h10',
  elderly_home: 'M1.5 8 8 3.5 14.5 8M3.5 7v7h9V7M8 7.5v4.5M5.8 9.7h4.4',
  market: 'M2.5 3h11l1 4h-13ZM3.5 7v7h9V7',
  residential: 'M3 14V4h5v10M8 7h5v7M5.5 6.5v.01M5.5 9.5v.01M10.5 9.5v.01',
  kindergarten: 'M8 3a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5ZM3.5 14a4.5 4.5 0 0 1 9 0',
}

/** Severity as a form in a box of 16 round its centre; the map draws the same ones larger. */
export const SEVERITY_FORMS = {
  general: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z',
  suspected_major: 'M8 1.2 14 4.6v6.8L8 14.8 2 11.4V4.6Z',
  major: 'M8 .6 15.4 8 8 15.4.6 8Z',
} as const
