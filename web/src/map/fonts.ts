/** Without glyph files the map draws texts with the fonts of the machine; the same as on the page. */
const FAMILIES = ['PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'sans-serif']

/** The engine reads the weight from the first name; that no such font exists is meant. */
export const MAP_FONT = ['Hazard Map Medium', ...FAMILIES]
export const MAP_FONT_BOLD = ['Hazard Map Bold', ...FAMILIES]
export const CANVAS_FONT = FAMILIES.map((name) => (name === 'sans-serif' ? name : `"${name}"`)).join(', ')
