export const smallMap = {
  unsupported: 'This browser cannot draw the map (no WebGL 2); texts and tables are not affected.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  approximate: 'approximate outlines, not legal boundaries',
}
