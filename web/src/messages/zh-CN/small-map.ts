export const smallMap = {
  unsupported: '这个浏览器画不了地图（没有 WebGL 2），文字和表格不受影响。',
  zoomIn: '放大',
  zoomOut: '缩小',
  approximate: '示意边界，非法定',
}
