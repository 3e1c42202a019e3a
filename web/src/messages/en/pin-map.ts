export const pinMap = {
  label: 'Map for placing: click to set the pin',
  drag: 'Pin; drag it or use the arrow keys',
  clear: 'Remove the coordinates',
  hint: 'Click the map to set the pin, drag to correct it',
  noMap: 'This browser cannot draw the map; please describe the place below.',
}
